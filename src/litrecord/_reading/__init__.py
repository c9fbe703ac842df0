"""From a source to a record: decoding, the flow, and the public parser functions."""
