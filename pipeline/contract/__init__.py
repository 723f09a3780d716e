"""The data contract of a run: what a data set must be like to replace the last one, and what changed."""
