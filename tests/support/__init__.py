"""What tests and benchmarks share: texts at random, runs in processes of their own, a Flink cluster.

Benchmarks import from here; tests never import from `benchmarks`.
"""
