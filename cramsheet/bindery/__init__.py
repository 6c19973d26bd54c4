"""What is done to a finished PDF: names on its pages, and copies put together; pypdf lives here."""
