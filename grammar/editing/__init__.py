"""Edits books and tunes as text: what is not asked to change keeps its bytes."""
