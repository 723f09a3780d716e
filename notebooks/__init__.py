"""Notebooks for students, curators and researchers, and what executes them."""
