"""The engine: Rasa, spaCy and our NLU components. Python 3.11, and the only folder that may import rasa."""
