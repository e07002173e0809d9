"""The trainer studio."""
