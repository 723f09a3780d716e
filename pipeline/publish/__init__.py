"""A finished data set takes its place, and is verified there."""
