"""Aids: inputs of the network that follow from the text of a tune so far."""
