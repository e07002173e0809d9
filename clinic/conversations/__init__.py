"""What was said, and what staff thought of it."""
