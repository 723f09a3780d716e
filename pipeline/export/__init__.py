"""A data set in the files that other tools read: Parquet, JSON Lines, CSV, plain text and tokens."""
