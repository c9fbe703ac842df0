"""Classes of the values of a record."""
