"""Rules of the level `metrical`: bars that do not last what the metre says."""
