"""Asks the running assistant sets of questions whose right replies are known, and reports how it did."""
