"""Native code kept off the screen: it writes to file descriptors, past Python's own streams."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["redirected", "silenced"]


@contextmanager
def silenced(descriptor: int) -> Iterator[None]:
    """Send what is written to a file descriptor nowhere for the block."""
    with Path(os.devnull).open("w") as nowhere, redirected(descriptor, nowhere.fileno()):
        yield


@contextmanager
def redirected(descriptor: int, target: int) -> Iterator[None]:
    """Send what is written to a file descriptor to another for the block."""
    kept = os.dup(descriptor)
    try:
        os.dup2(target, descriptor)
        yield
    finally:
        os.dup2(kept, descriptor)
        os.close(kept)
