"""Rules of the level `strict`: what ABC 2.1 does not allow and, as warnings, what it leaves open."""
