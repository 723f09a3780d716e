"""What tunes have in common: runs, originality, nearest tunes."""
