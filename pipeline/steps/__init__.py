"""The pure functions that the graph is made of."""
