"""One HTML file in which tunes are seen and heard: scores, sound, and what is wrong with each."""
