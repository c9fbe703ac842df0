"""Writers of records, a module a form."""
