"""Counts, tables and plots of the report on a corpus."""
