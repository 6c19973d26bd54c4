"""What goes on paper, and in which order."""
