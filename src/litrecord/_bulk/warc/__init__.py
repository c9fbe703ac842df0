"""Reader of WARC files: their records, headers, HTTP codings and pages."""
