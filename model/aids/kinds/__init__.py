"""The aids that come with the package, one file each."""
