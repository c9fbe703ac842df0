"""HTML to page text with annotations."""
