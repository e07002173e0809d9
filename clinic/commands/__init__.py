"""Pointe from the command line, one module per kind of user."""
