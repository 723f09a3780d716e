"""`export.json`: what an export was made of, and the checksums of its files, by which it is known again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from tuneloom.grammar.errors import UsageError
from tuneloom.pipeline.export.export_format import WrittenSplit
from tuneloom.pipeline.storage.paths import AnyPath

__all__ = [
    "EXPORT_MANIFEST",
    "ExportManifest",
    "ExportedFile",
    "describe_file",
    "refuse_all_but_exports",
]

EXPORT_MANIFEST = "export.json"
EXPORT_VERSION = 1


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """One file of an export, with its size and its hash."""

    file: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class ExportManifest:
    """What `export.json` holds. `dataset` is the sha256 of the data set's manifest."""

    export_version: int
    format: str
    dataset: str
    profile: str
    splits: Mapping[str, WrittenSplit]
    files: tuple[ExportedFile, ...]

    def to_json(self) -> bytes:
        """The bytes of `export.json`; equal exports give equal bytes."""
        return json.dumps(asdict(self), indent=2).encode() + b"\n"


def describe_file(path: Path) -> ExportedFile:
    """The name, the size and the hash of a file."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return ExportedFile(path.name, path.stat().st_size, digest)


def refuse_all_but_exports(target: AnyPath, entries: Sequence[str]) -> None:
    """Refuse a directory that is not an export as it was written.

    Raises:
        UsageError: there is no `export.json`, or a file that is not listed in it, or one that was changed.
    """
    assert isinstance(target, Path)
    listed = _listed_files(target)
    if listed is None:
        raise UsageError(
            f"{target}: not an export, so --overwrite will not replace it; choose another --output"
        )
    for name in entries:
        if name != EXPORT_MANIFEST and listed.get(name) != _described(target / name):
            raise UsageError(
                f"{target}: {name!r} is not part of the export, or was changed since; "
                "move it away, or choose another --output"
            )


def _listed_files(directory: Path) -> dict[str, ExportedFile] | None:
    try:
        fields = json.loads((directory / EXPORT_MANIFEST).read_bytes())
        files = [ExportedFile(**file) for file in fields["files"]]
        return {file.file: file for file in files} if fields["export_version"] else None
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None


def _described(path: Path) -> ExportedFile | None:
    return describe_file(path) if path.is_file() and not path.is_symlink() else None
