"""Sets everything up from a bare machine with Python 3.11+, then hands over to `bin/clinic`. Standard library only."""
