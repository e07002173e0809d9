"""What visitors said that is worth a trainer's look, put together so that one decision covers much."""
