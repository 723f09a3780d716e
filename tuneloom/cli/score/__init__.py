"""Commands that score tunes."""
