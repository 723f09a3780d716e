"""The sources that have a name, one file each."""
