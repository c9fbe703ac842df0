"""The values that a record is made of."""
