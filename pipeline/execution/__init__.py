"""The Beam graph and what runs it."""
