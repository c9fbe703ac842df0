"""What a report on a corpus counts and draws."""
