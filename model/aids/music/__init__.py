"""The automaton that reads the music of a tune: notes with their lengths, bar lines and fields."""
