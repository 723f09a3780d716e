"""From a data set to batches of tokens."""
