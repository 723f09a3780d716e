"""The steps of the graph, as pure functions."""
