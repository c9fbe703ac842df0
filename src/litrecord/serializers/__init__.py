"""Writers of records, a module for each form."""
