"""Files to raw tunes: tunebooks, archives, tables."""
