"""The commands on tunebooks: check, format, explain."""
