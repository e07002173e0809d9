"""The engine: everything that runs beside Rasa, on Python 3.10."""
