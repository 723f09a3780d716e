"""Benchmarks of training, sampling and scoring."""
