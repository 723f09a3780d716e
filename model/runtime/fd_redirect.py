"""Redirect file descriptors, to silence native code that bypasses `sys.stdout` and `sys.stderr`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["redirect_fd", "silence_fd"]


@contextmanager
def silence_fd(descriptor: int) -> Iterator[None]:
    """Discard what is written to a file descriptor inside the block."""
    with Path(os.devnull).open("w") as sink, redirect_fd(descriptor, sink.fileno()):
        yield


@contextmanager
def redirect_fd(descriptor: int, target: int) -> Iterator[None]:
    """Send what is written to a file descriptor to another one inside the block."""
    original = os.dup(descriptor)
    try:
        os.dup2(target, descriptor)
        yield
    finally:
        os.dup2(original, descriptor)
        os.close(original)
