"""Reading of a source: decoding, the pipeline, and the public parser functions."""
