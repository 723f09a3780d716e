"""Tunes to score: how they are read, judged and reduced to features."""
