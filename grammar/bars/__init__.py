"""How long the bars of a tune last: which are in time, which are wrong, and which lack a bar line."""
