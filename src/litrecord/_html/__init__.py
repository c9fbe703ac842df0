"""Conversion of HTML to page text with annotations."""
