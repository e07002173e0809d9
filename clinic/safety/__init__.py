"""Red flags: the fixed cards, what follows one, and what a clinician has yet to sign."""
