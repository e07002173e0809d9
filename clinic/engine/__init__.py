"""The only door to Rasa: its client, its command line, and what it recorded."""
