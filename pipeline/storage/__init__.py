"""Paths, locks, interrupts: what a run needs from its machine and from object stores."""
