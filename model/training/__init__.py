"""Training a network on a data set, and evaluating it."""
