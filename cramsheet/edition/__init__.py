"""What was printed, and what has changed since."""
