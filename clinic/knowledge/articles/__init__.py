"""Articles as files: Markdown, segmentation, sample questions."""
