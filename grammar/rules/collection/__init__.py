"""Rules of no level: what whoever keeps a collection wants to know of tunes that may be valid."""
