"""From a visitor's question to the words of the clinic's own articles."""
