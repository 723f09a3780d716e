"""Tunes in the rows of tables: CSV, JSON and Parquet."""
