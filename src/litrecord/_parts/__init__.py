"""The parts of a record: a module each, with its grammar and its parser."""
