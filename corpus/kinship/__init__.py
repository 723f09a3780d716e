"""Which tunes are related: similar melodies, passages in common, and the families that they form."""
