"""What the benchmarks share: tunes, data sets, runs."""
