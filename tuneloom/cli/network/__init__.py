"""Commands for networks."""
