"""Tunes from files and named sources, and what a data set records of them."""
