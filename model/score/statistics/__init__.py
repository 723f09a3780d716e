"""Shares, intervals, distances and comparisons."""
