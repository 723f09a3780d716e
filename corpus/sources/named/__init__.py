"""The named sources, one file each."""
