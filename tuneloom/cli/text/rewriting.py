"""Writing a file anew, so that at every moment the old one or the new one is there, whole."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path

from tuneloom.grammar.errors import UsageError

__all__ = ["rewrite"]


def rewrite(path: Path, before: bytes, after: bytes) -> None:
    """Put `after` in the place of a file that holds `before`; its mode stays, and links lead to it still.

    Raises:
        UsageError: the file is read-only, has changed meanwhile or cannot be written; it is untouched.
    """
    target = path.resolve()
    try:
        mode = target.stat().st_mode
        if not stat.S_IMODE(mode) & 0o222 or not os.access(target, os.W_OK):
            raise UsageError(f"{path}: is read-only, and was left as it is")
        _replace(path, target, before, after, mode)
    except OSError as error:
        raise UsageError(
            f"{path}: cannot be written: {error.strerror}; it was left as it is"
        ) from error


def _replace(path: Path, target: Path, before: bytes, after: bytes, mode: int) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".partial", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(after)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(stat.S_IMODE(mode))
        if target.read_bytes() != before:
            raise UsageError(
                f"{path}: has changed while it was being formatted, and was left as it is"
            )
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
