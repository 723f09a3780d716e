"""Constraints on what the sampler may write next."""
