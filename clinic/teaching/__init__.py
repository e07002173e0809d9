"""What trainers teach: examples, and the rules an example must keep."""
