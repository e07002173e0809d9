"""From an example to a published model."""
