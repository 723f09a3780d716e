"""Trained networks as files of other libraries."""
