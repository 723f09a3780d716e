"""Training texts: profiles, layout, rhythms, keys."""
