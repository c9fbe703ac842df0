"""What is around a record in a page: its frame, its style sheets, and what notebooks show."""
