"""Edits of one tune as text: its keys, and how it is laid out."""
