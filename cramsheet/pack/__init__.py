"""What the author wrote, read and checked; yaml and pydantic live here."""
