"""The commands on networks: train, evaluate, generate."""
