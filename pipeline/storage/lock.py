"""A lock file held by one process at a time, and released when that process ends in any way."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

__all__ = ["file_lock"]


@contextmanager
def file_lock(path: Path) -> Iterator[None]:
    """Hold the lock file `path` for the block; it is removed afterwards.

    Raises:
        BlockingIOError: another process holds it.
        OSError: it cannot be created.
    """
    lock = FileLock(path)
    try:
        lock.acquire(blocking=False)
    except Timeout as error:
        raise BlockingIOError(f"{path}: held by another process") from error
    try:
        yield
    finally:
        # Removed while it is held: a process that has it open by then finds that it is gone. Windows
        # does not remove an open file, so there it stays.
        with suppress(OSError):
            path.unlink(missing_ok=True)
        lock.release()
