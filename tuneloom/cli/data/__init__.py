"""Commands for sources and data sets."""
