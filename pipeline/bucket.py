"""Where a data set goes in an object store, which knows no folders that could be renamed."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from grammar.errors import RunFailed
from pipeline.layout import COMPLETED, MANIFEST
from pipeline.paths import RemotePath
from pipeline.target import check_target, mark_complete, not_writable

__all__ = ["replacing_in_bucket"]


@contextmanager
def replacing_in_bucket(target: RemotePath, overwrite: bool) -> Iterator[RemotePath]:
    """Give a folder to fill, below the target; when the block ends well, its files are moved up.

    Until then the target is as it was. While files are moved it holds no COMPLETED, and so no data set
    that anybody reads. Raises `UsageError` where nothing can be written, and `RunFailed` if moving
    breaks off.
    """
    check_target(target, overwrite)
    staged = target / f".{uuid.uuid4().hex}.partial"
    try:
        staged.mkdir()
    except OSError as error:
        raise not_writable(target, error) from error
    try:
        yield staged
        mark_complete(staged)
        check_target(target, overwrite)
        try:
            _move_up(staged, target)
        except (OSError, KeyboardInterrupt) as error:
            reason = getattr(error, "strerror", "interrupted")
            raise RunFailed(
                f"{target}: putting the files into place broke off ({reason}); what is there is no "
                "data set, and --overwrite replaces it"
            ) from error
    finally:
        with suppress(OSError):
            staged.remove_tree()


def _move_up(staged: RemotePath, target: RemotePath) -> None:
    """Move all files, the manifest first, by which --overwrite knows what it may replace."""
    names = {path.name for path in staged.iterdir()} - {COMPLETED}
    (target / COMPLETED).unlink(missing_ok=True)
    for name in sorted(names, key=MANIFEST.__ne__):
        (staged / name).replace(target / name)
    for path in target.iterdir():
        if path.name not in names:
            path.unlink()
    (staged / COMPLETED).replace(target / COMPLETED)
