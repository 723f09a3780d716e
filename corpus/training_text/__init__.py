"""Training texts: profiles, layout, rhythms, transposition."""
