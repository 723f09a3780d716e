"""One process at a time: a lock that goes with its process, however that ends."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["alone"]


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Hold the lock file `lock` for the block.

    Raises BlockingIOError where another process holds it, and other OSErrors where it cannot be
    made.
    """
    with lock.open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # A holder that ends takes the name away; whoever had it open by then holds nothing.
        if not lock.exists() or not os.path.samestat(os.fstat(file.fileno()), lock.stat()):
            raise BlockingIOError(f"{lock}: held by another process")
        try:
            yield
        finally:
            lock.unlink(missing_ok=True)
