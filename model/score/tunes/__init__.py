"""Tunes to score: files, verdicts and music."""
