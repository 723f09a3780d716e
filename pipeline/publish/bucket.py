"""Where a data set goes in an object store, which knows no folders that could be renamed."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from tuneloom.grammar.errors import RunFailed
from tuneloom.pipeline.dataset.files import COMPLETED, MANIFEST, is_ours
from tuneloom.pipeline.publish.local import STAGED, check_target, mark_complete, not_writable
from tuneloom.pipeline.storage.interrupts import ignoring_interrupts
from tuneloom.pipeline.storage.paths import RemotePath

__all__ = ["replacing_in_bucket"]

PAUSES = (1.0, 5.0, 20.0)
"""Seconds before a file that could not be moved is tried again."""


@contextmanager
def replacing_in_bucket(target: RemotePath, overwrite: bool) -> Iterator[RemotePath]:
    """Give a folder to fill, below the target; when the block ends well, its files are moved up.

    Until then the target is as it was, and the folder goes when the block ends with an exception. Raises
    `UsageError` where nothing can be written, and `RunFailed` if moving breaks off: then the target
    holds no COMPLETED, and so no data set that anybody reads, and the folder has what was not moved.
    """
    check_target(target, overwrite)
    staged = target / f".{uuid.uuid4().hex}{STAGED}"
    try:
        staged.mkdir()
    except OSError as error:
        raise not_writable(target, error) from error
    try:
        yield staged
        mark_complete(staged)
        check_target(target, overwrite)
    except BaseException:
        _remove(staged)
        raise
    with ignoring_interrupts():
        try:
            _move_up(staged, target)
        except OSError as error:
            raise RunFailed(
                f"{target}: putting the files into place broke off ({error.strerror}); those that "
                f"were not moved are in {staged}, COMPLETED belongs last; --overwrite starts anew"
            ) from error
        _remove(staged)


def _move_up(staged: RemotePath, target: RemotePath) -> None:
    """Move all files, the manifest first, by which --overwrite knows what it may replace."""
    names = {path.name for path in staged.iterdir() if is_ours(path.name)}
    old = {path.name for path in target.iterdir() if is_ours(path.name)}
    if COMPLETED in old:
        (target / COMPLETED).unlink()
    for name in sorted(names - {COMPLETED}, key=MANIFEST.__ne__):
        _move(staged / name, target / name)
    for name in old - names:
        (target / name).unlink()
    _move(staged / COMPLETED, target / COMPLETED)


def _move(source: RemotePath, target: RemotePath) -> None:
    for pause in PAUSES:
        with suppress(OSError):
            return source.replace(target)
        time.sleep(pause)
    return source.replace(target)


def _remove(staged: RemotePath) -> None:
    with suppress(OSError):
        staged.remove_tree()
