"""Script elements: a scanner for text and for HTML, and the parameters of the widget."""
