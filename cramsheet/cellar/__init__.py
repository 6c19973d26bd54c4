"""What costs time to make, kept on disk for the next build."""
