"""What several tests, or tests and benchmarks, share: random texts, runs in other processes, a Flink cluster.

Benchmarks import from here; tests never import from `benchmarks`.
"""
