"""Native code kept off the screen: it writes to file descriptors, past Python's own streams."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["silenced"]


@contextmanager
def silenced(descriptor: int) -> Iterator[None]:
    """Send what is written to a file descriptor nowhere for the block."""
    kept = os.dup(descriptor)
    try:
        with Path(os.devnull).open("w") as nowhere:
            os.dup2(nowhere.fileno(), descriptor)
        yield
    finally:
        os.dup2(kept, descriptor)
        os.close(kept)
