"""Spark and Ray give what the loop gives: `pytest engines`, run by `nox -s engines`."""
