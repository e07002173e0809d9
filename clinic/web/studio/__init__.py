"""The trainer studio: teach in the browser, see what changed, publish."""
