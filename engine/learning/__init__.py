"""Learning as plain functions, without Rasa: its components and the quick path call the same ones."""
