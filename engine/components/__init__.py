"""Pointe's own components of Rasa's NLU pipeline, in the order of config.yml."""
