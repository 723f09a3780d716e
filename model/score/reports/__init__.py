"""Scores as values, tables and JSON."""
