"""What is decided over many applicants at once."""
