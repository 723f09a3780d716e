"""Files written atomically: in a folder of our own first, then renamed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tuneloom.pipeline.storage.own_folder import own_folder

__all__ = ["atomic_output"]


@contextmanager
def atomic_output(path: Path) -> Iterator[Path]:
    """Yield a path of the same name elsewhere; the file there replaces `path` unless the block raises."""
    with own_folder(path) as folder:
        temporary = folder / path.name
        yield temporary
        with temporary.open("r+b") as written:
            os.fsync(written.fileno())
        temporary.replace(path)
