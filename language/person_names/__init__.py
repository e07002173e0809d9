"""Where people's names stand in a text, learned from annotated examples: `training`, `tagger`."""
