"""WARC: its records, their headers, the codings of HTTP, and the pages that they hold."""
