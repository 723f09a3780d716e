"""Benchmarks of what must hold whatever comes: any bytes, damaged files, kills, and any size."""
