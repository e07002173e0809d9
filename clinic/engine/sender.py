"""How the engine's conversations are named."""

TRIAL = "trial-"
"""How the conversation id of a trial chat begins. What is said in one is kept by nobody but the studio."""
