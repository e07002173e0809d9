"""Pointe, the application: everything a person touches."""
