"""The data set on disk: its files, records and manifest."""
