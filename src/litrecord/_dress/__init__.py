"""Conversion of other forms of page text: other kinds of spaces, tabs, Markdown."""
