"""Many pages: the files that hold them, and the columns and files that are written."""
