"""`manifest.json`: what decides the bytes of a data set, and what those bytes are."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tuneloom.corpus.record import AsFound
from tuneloom.grammar.errors import UsageError
from tuneloom.pipeline.dataset.files import COMPLETED, MANIFEST
from tuneloom.pipeline.dataset.shards import Shard
from tuneloom.pipeline.storage.paths import AnyPath

__all__ = [
    "SCHEMA_VERSION",
    "Counts",
    "InputFile",
    "Manifest",
    "SourceFacts",
    "SplitFacts",
]

SCHEMA_VERSION = 2


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file that was read: its bytes, unpacked. `sha256` is empty for one that could not be read."""

    path: str
    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """A source that was read: its terms, and its files in the order of reading."""

    name: str
    license: str
    citation: str
    files: tuple[InputFile, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """Tunes read and what became of them; `rejects` by code counts files that hold no tune, too."""

    read: int
    taken: int
    duplicates: int
    rejects: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class SplitFacts:
    """The size of a split; `characters` counts code points of training text."""

    records: int
    characters: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """The manifest of a data set. `vocabulary` is every character of every split, in order."""

    schema_version: int
    profile: str
    grammar: str
    options: Mapping[str, Any]
    sources: tuple[SourceFacts, ...]
    vocabulary: str
    counts: Counts
    as_found: Mapping[str, AsFound]
    splits: Mapping[str, SplitFacts]
    shards: tuple[Shard, ...]

    @classmethod
    def load(cls, directory: Path | str) -> Manifest:
        """Read the manifest of a finished data set; `UsageError` for any other, or an edited one."""
        directory = Path(directory)
        if not directory.is_dir():
            raise UsageError(f"{directory}: no such directory; ingest tunes into it first")
        if not (directory / COMPLETED).is_file():
            raise UsageError(
                f"{directory}: not a finished data set (no {COMPLETED}); ingest it again"
            )
        manifest = cls.read(directory)
        if (directory / COMPLETED).read_bytes()[:64] != _sha256(directory / MANIFEST):
            raise UsageError(
                f"{directory / MANIFEST}: changed since the run that wrote it; ingest it again"
            )
        return manifest

    @classmethod
    def read(cls, directory: AnyPath) -> Manifest:
        """Read the manifest of a data set, finished or still in the making."""
        path = directory / MANIFEST
        try:
            fields = json.loads(path.read_bytes())
            version = fields["schema_version"]
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise UsageError(f"{path}: not the manifest of a data set ({error})") from error
        if version != SCHEMA_VERSION:
            raise UsageError(
                f"{path}: schema version {version}, where {SCHEMA_VERSION} is read; ingest it again"
            )
        try:
            return cls._from_fields(fields)
        except (TypeError, KeyError, AttributeError) as error:
            raise UsageError(f"{path}: the manifest is damaged ({error})") from error

    @classmethod
    def _from_fields(cls, fields: dict[str, Any]) -> Manifest:
        return cls(
            **fields
            | {
                "sources": tuple(_source(source) for source in fields["sources"]),
                "counts": Counts(**fields["counts"]),
                "as_found": {name: AsFound(**row) for name, row in fields["as_found"].items()},
                "splits": {name: SplitFacts(**row) for name, row in fields["splits"].items()},
                "shards": tuple(Shard(**shard) for shard in fields["shards"]),
            }
        )

    def to_json(self) -> bytes:
        """The bytes of `manifest.json`, one and the same for equal manifests."""
        text = json.dumps(asdict(self), ensure_ascii=False, indent=2)
        # Half a surrogate, as in a file name that is not UTF-8, comes out as JSON's own escape.
        return text.encode(errors="backslashreplace") + b"\n"

    @property
    def sha256(self) -> str:
        """The SHA-256 of `manifest.json`: one name for the exact data set."""
        return hashlib.sha256(self.to_json()).hexdigest()


def _sha256(path: Path) -> bytes:
    return hashlib.sha256(path.read_bytes()).hexdigest().encode()


def _source(fields: dict[str, Any]) -> SourceFacts:
    return SourceFacts(
        **fields | {"files": tuple(InputFile(**file) for file in fields["files"])},
    )
