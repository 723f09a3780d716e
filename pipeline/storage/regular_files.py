"""Files that are read if they are regular ones; a pipe or a device in place of one would keep us waiting."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tuneloom.pipeline.storage.paths import AnyPath

__all__ = ["check_regular", "read_regular"]


def check_regular(path: AnyPath) -> None:
    """Raise OSError for a pipe or a device. What is not there is left to whoever opens it."""
    if isinstance(path, Path) and path.exists() and not (path.is_file() or path.is_dir()):
        raise OSError(errno.EINVAL, "a pipe or a device, and no file", str(path))


def read_regular(path: AnyPath) -> bytes:
    """The bytes of a file.

    Raises:
        OSError: it cannot be read, or is no regular file.
    """
    check_regular(path)
    return path.read_bytes()
