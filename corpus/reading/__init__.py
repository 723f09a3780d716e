"""Read tunes from files: tunebooks, archives, tables."""
