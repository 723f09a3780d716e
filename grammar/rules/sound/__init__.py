"""What is not complete or balanced: repeats, voltas, ties, slurs, tuplets, chords."""
