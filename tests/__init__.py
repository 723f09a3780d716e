"""The tests of Tuneloom; `tests.support` holds what they share with the benchmarks."""
