"""From a clinic's own pages to article files."""
