"""Replaces files atomically: at any moment either the old or the new content is there in full."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path

from tuneloom.grammar.errors import UsageError

__all__ = ["rewrite"]


def rewrite(path: Path, before: bytes, after: bytes) -> None:
    """Replace the content of a file, `before`, by `after`; its mode and links to it are kept.

    Raises:
        UsageError: the file is read-only, has changed meanwhile or cannot be written; it is left unchanged.
    """
    target = path.resolve()
    try:
        mode = target.stat().st_mode
        if not stat.S_IMODE(mode) & 0o222 or not os.access(target, os.W_OK):
            raise UsageError(f"{path}: is read-only; it was left as it is")
        _replace_file(path, target, before, after, mode)
    except OSError as error:
        raise UsageError(
            f"{path}: cannot be written: {error.strerror}; it was left as it is"
        ) from error


def _replace_file(path: Path, target: Path, before: bytes, after: bytes, mode: int) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".partial", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(after)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(stat.S_IMODE(mode))
        if target.read_bytes() != before:
            raise UsageError(f"{path}: has changed meanwhile; it was left as it is")
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
