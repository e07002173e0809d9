"""From an offer to a filled-in request: the form and what it reads."""
