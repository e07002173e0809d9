"""The pages and the visitor API: HTTP turned into calls of the features, and back."""
