"""What visitors and the clinic's own pages reach."""
