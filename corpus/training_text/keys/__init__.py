"""The key that a training text is spelled in: as it sounds, transposed, or one for all tunes."""
