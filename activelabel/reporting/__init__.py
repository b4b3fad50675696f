"""What is known so far, as numbers and as files."""
