"""Check where a data set or an export is to go, and mark a data set complete."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Sequence

from tuneloom.grammar.errors import UsageError
from tuneloom.pipeline.dataset.files import CHECKED_FILES, COMPLETED, MANIFEST, is_dataset_file
from tuneloom.pipeline.storage.paths import AnyPath, RemotePath

__all__ = [
    "STAGING_SUFFIX",
    "Refusal",
    "check_target",
    "mark_complete",
    "not_writable",
    "refuse_all_but_data_sets",
]

Refusal = Callable[[AnyPath, Sequence[str]], None]
"""Raises UsageError if a directory with these entries is not one that may be replaced."""

STAGING_SUFFIX = ".partial"
"""The suffix of a directory in which a data set is being made."""


def refuse_all_but_data_sets(target: AnyPath, entries: Sequence[str]) -> None:
    """Refuse a directory that holds anything but one data set.

    Raises:
        UsageError: the entries of the directory are not those of a data set.
    """
    if not _holds_manifest(target):
        raise UsageError(
            f"{target}: not a data set, so --overwrite will not replace it; choose another --output"
        )
    strangers = [name for name in entries if not is_dataset_file(name)]
    if strangers:
        raise UsageError(
            f"{target}: holds {strangers[0]!r}, which is not part of a data set; "
            "move it away, or choose another --output"
        )


def check_target(
    target: AnyPath, overwrite: bool, refuse: Refusal = refuse_all_but_data_sets
) -> None:
    """Check that a directory may be put at `target`; with `overwrite`, in place of one that is not refused.

    Raises:
        UsageError: something is there that may not be replaced, or the target cannot be read.
    """
    try:
        entries = _entries(target)
    except OSError as error:
        raise not_writable(target, error) from error
    if entries is None:
        return
    if not overwrite:
        raise UsageError(
            f"{target}: already exists; use --overwrite to replace it, or another --output"
        )
    if entries:
        refuse(target, entries)


def mark_complete(directory: AnyPath) -> None:
    """Write COMPLETED, in the format of `sha256sum`, which can check it."""
    files = [file for file in directory.iterdir() if file.name in CHECKED_FILES]
    files.sort(key=lambda file: CHECKED_FILES.index(file.name))
    sums = (f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in files)
    (directory / COMPLETED).write_text("".join(sums))


def not_writable(target: AnyPath, error: OSError) -> UsageError:
    return UsageError(
        f"{target}: cannot be written ({error.strerror}: {error.filename}); choose another --output"
    )


def _entries(target: AnyPath) -> list[str] | None:
    """The names in the target directory, or None if it does not exist."""
    if isinstance(target, RemotePath):
        # Staging folders belong to runs that were killed or are still at work.
        names = (path.name for path in target.iterdir())
        return sorted(name for name in names if not name.endswith(STAGING_SUFFIX)) or None
    if not os.path.lexists(target):
        return None
    if not target.is_dir():
        raise UsageError(f"{target}: a file of that name exists; choose another --output")
    return sorted(path.name for path in target.iterdir())


def _holds_manifest(directory: AnyPath) -> bool:
    """Whether there is a data set of any schema version, even one without COMPLETED."""
    try:
        return "schema_version" in json.loads((directory / MANIFEST).read_bytes())
    except (OSError, ValueError, TypeError, RecursionError):
        return False
