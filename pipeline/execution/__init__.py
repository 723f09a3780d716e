"""The Beam graph and its execution."""
