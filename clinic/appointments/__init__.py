"""From an offer to a request the clinic can act on."""
