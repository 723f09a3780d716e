"""Scores as values, JSON and tables."""
