"""A finished PDF read back; pypdf lives here."""
