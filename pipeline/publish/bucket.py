"""Make a data set in an object store, where a folder cannot be renamed."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from tuneloom.grammar.errors import RunFailed
from tuneloom.pipeline.dataset.files import COMPLETED, MANIFEST, is_dataset_file
from tuneloom.pipeline.publish.target import (
    STAGING_SUFFIX,
    check_target,
    mark_complete,
    not_writable,
)
from tuneloom.pipeline.storage.interrupts import ignore_interrupts
from tuneloom.pipeline.storage.paths import RemotePath

__all__ = ["RETRY_DELAYS", "staging_in_bucket"]

RETRY_DELAYS = (1.0, 5.0, 20.0)
"""Seconds to wait before each retry of a file that could not be moved."""


@contextmanager
def staging_in_bucket(target: RemotePath, overwrite: bool) -> Iterator[RemotePath]:
    """Give a folder to fill, below the target; if the block succeeds, its files are moved up.

    Until then the target is unchanged. If the block raises, the folder is removed.

    Raises:
        UsageError: the target cannot be written.
        RunFailed: moving the files failed. The target then has no COMPLETED, so that nobody takes it for a
            data set, and the folder holds the files that were not moved.
    """
    check_target(target, overwrite)
    staged = target / f".{uuid.uuid4().hex}{STAGING_SUFFIX}"
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
    with ignore_interrupts():
        try:
            _move_up(staged, target)
        except OSError as error:
            raise RunFailed(
                f"{target}: moving the files into place failed ({error.strerror}); the files not "
                f"moved are in {staged}; move them, COMPLETED last, or start again with --overwrite"
            ) from error
        _remove(staged)


def _move_up(staged: RemotePath, target: RemotePath) -> None:
    """Move all files, the manifest first: with it, --overwrite may replace the rest."""
    names = {path.name for path in staged.iterdir() if is_dataset_file(path.name)}
    old = {path.name for path in target.iterdir() if is_dataset_file(path.name)}
    if COMPLETED in old:
        (target / COMPLETED).unlink()
    for name in sorted(names - {COMPLETED}, key=MANIFEST.__ne__):
        _move(staged / name, target / name)
    for name in old - names:
        (target / name).unlink()
    _move(staged / COMPLETED, target / COMPLETED)


def _move(source: RemotePath, target: RemotePath) -> None:
    for delay in RETRY_DELAYS:
        with suppress(OSError):
            return source.replace(target)
        time.sleep(delay)
    return source.replace(target)


def _remove(staged: RemotePath) -> None:
    with suppress(OSError):
        staged.remove_tree()
