"""Benchmarks of the rules beyond syntax."""
