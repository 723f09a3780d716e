"""Paths, locks and interrupts: what a run needs of its machine and its stores."""
