"""Script elements: where they stand in text and in HTML, and what the widget says."""
