"""Rules of the level `sound`: repeats, voltas, ties, slurs, tuplets and chords that are incomplete."""
