"""`make soak`: visitors at one machine or two groups of them while every part is killed and hung in turn."""
