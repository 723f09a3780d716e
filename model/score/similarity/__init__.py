"""What tunes have in common: copies, common runs, the nearest training tune."""
