"""Resolved text to a Tune, by Lark's tables."""
