"""Parsers and writers of the parts of a record, a module for each part with its grammar."""
