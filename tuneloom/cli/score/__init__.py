"""The commands that score tunes."""
