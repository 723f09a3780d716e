"""Figures that anyone can measure again: `python -m benchmarks --list` says which."""
