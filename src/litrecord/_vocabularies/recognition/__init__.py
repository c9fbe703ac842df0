"""Recognition of the schemes of identifiers."""
