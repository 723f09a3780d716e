"""Tunes as training text: profiles, layout, rhythms, transposition."""
