"""Settings that are the fields of a dataclass: checked, and read from files and from the command line."""
