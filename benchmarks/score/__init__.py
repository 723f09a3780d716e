"""Benchmarks of the score, and of what it finds in tunes."""
