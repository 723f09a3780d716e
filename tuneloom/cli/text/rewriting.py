"""Replaces files atomically: at any moment either the old or the new content is there in full."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

from tuneloom.grammar.errors import UsageError

__all__ = ["rewrite"]


def rewrite(path: Path, before: bytes, after: bytes) -> None:
    """Replace the content of a file, `before`, by `after`.

    Its mode, owner and extended attributes are kept, and so are symbolic links to it.

    Raises:
        UsageError: the file is read-only, has other names (hard links) that would keep the old content,
            belongs to another user to whom the new one cannot be given, has changed meanwhile, or cannot be
            written; it is left unchanged.
    """
    target = path.resolve()
    try:
        status = target.stat()
        if not stat.S_IMODE(status.st_mode) & 0o222 or not os.access(target, os.W_OK):
            raise UsageError(f"{path}: is read-only; it was left as it is")
        if status.st_nlink > 1:
            raise UsageError(
                f"{path}: has {status.st_nlink} names (hard links), of which one alone would change; "
                "it was left as it is"
            )
        _replace_file(path, target, before, after, status)
    except OSError as error:
        raise UsageError(
            f"{path}: cannot be written: {error.strerror}; it was left as it is"
        ) from error


def _replace_file(
    path: Path, target: Path, before: bytes, after: bytes, status: os.stat_result
) -> None:
    from tuneloom.pipeline.storage.own_folder import (
        own_folder,
    )  # for who writes, and not to standard output

    with own_folder(target) as folder:
        new = folder / target.name
        with new.open("xb") as file:
            file.write(after)
            file.flush()
            os.fsync(file.fileno())
        _keep_owner(path, new, status)
        shutil.copystat(target, new)
        os.utime(new)  # of what is copied, the times alone are new
        if target.read_bytes() != before:
            raise UsageError(f"{path}: has changed meanwhile; it was left as it is")
        new.replace(target)


def _keep_owner(path: Path, new: Path, status: os.stat_result) -> None:
    made = new.stat()
    if (made.st_uid, made.st_gid) != (status.st_uid, status.st_gid):
        try:
            os.chown(new, status.st_uid, status.st_gid)
        except OSError as error:
            raise UsageError(
                f"{path}: belongs to another user or group, and would belong to you afterwards; "
                "it was left as it is"
            ) from error
