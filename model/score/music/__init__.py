"""What a tune is like as music: its bars and phrases, pitches, rhythm, and the prints that tell copies."""
