"""Where a data set goes: it is made beside its target and takes its place whole, or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from grammar.errors import UsageError
from pipeline.layout import CARD, COMPLETED, MANIFEST, REJECTS, SCHEMA, STATISTICS, is_ours

__all__ = ["check_target", "replacing"]

_VOUCHED = (REJECTS, SCHEMA, STATISTICS, CARD)


def check_target(target: Path, overwrite: bool) -> None:
    """Raise `UsageError` unless a data set may be put at `target`."""
    if not os.path.lexists(target):
        return
    if not target.is_dir():
        raise UsageError(f"{target}: a file of that name exists; choose another --output")
    if not overwrite:
        raise UsageError(f"{target}: exists; give --overwrite to replace it, or another --output")
    entries = sorted(entry.name for entry in target.iterdir())
    if not entries:
        return
    if not _holds_manifest(target):
        raise UsageError(
            f"{target}: not a data set, so --overwrite leaves it alone; choose another --output"
        )
    strangers = [name for name in entries if not is_ours(name)]
    if strangers:
        raise UsageError(
            f"{target}: holds {strangers[0]!r}, which is no part of a data set; "
            "move it away, or choose another --output"
        )


@contextmanager
def replacing(target: Path, overwrite: bool) -> Iterator[Path]:
    """Give a directory to fill; when the block ends well, it is marked complete and moved.

    When the block ends with an exception, the directory is removed and the target is as it was.
    What `overwrite` replaces stays until the new data set is whole. Raises `UsageError` where
    nothing can be written.
    """
    check_target(target, overwrite)
    # A link stays a link, and what it points to is replaced.
    target = target.resolve()
    staged = _make_staging(target)
    try:
        yield staged
        _mark_complete(staged)
        check_target(target, overwrite)
        _swap(staged, target)
    except BaseException:
        shutil.rmtree(staged, ignore_errors=True)
        raise


def _holds_manifest(directory: Path) -> bool:
    """Whether a data set of any schema version stands here, even one without its COMPLETED."""
    try:
        return "schema_version" in json.loads((directory / MANIFEST).read_bytes())
    except (OSError, ValueError, TypeError):
        return False


def _make_staging(target: Path) -> Path:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        staged = tempfile.mkdtemp(prefix=f".{target.name}-", suffix=".partial", dir=target.parent)
    except OSError as error:
        raise UsageError(
            f"{target}: cannot be written ({error.strerror}: {error.filename}); "
            "choose another --output"
        ) from error
    return Path(staged)


def _mark_complete(directory: Path) -> None:
    # mkdtemp gives the owner alone access; a data set is as open as any other new directory.
    os.umask(umask := os.umask(0))
    directory.chmod(0o777 & ~umask)
    # In the form of `sha256sum`, which can check it. The manifest has the sums of the shards.
    files = [directory / name for name in (MANIFEST, *_VOUCHED) if (directory / name).is_file()]
    sums = (f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in files)
    (directory / COMPLETED).write_text("".join(sums))


def _swap(staged: Path, target: Path) -> None:
    if not target.exists():
        _rename(staged, target)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{target.name}-", suffix=".old", dir=target.parent))
    _rename(target, old)
    try:
        _rename(staged, target)
    except BaseException:
        _rename(old, target)
        raise
    shutil.rmtree(old)


def _rename(source: Path, target: Path) -> None:
    try:
        source.rename(target)
    except OSError as error:
        raise UsageError(f"{target}: cannot be replaced ({error.strerror})") from error
