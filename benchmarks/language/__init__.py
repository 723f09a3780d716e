"""Benchmarks of the grammar, its engines and the repairs."""
