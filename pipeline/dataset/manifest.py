"""`manifest.json`: what decides the bytes of a data set, and what those bytes are."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tuneloom.corpus.license import License
from tuneloom.corpus.record import ValidityCounts
from tuneloom.grammar.errors import UsageError
from tuneloom.pipeline.dataset.files import COMPLETED, MANIFEST
from tuneloom.pipeline.storage.field_types import check_field_types
from tuneloom.pipeline.storage.regular_files import read_regular

if TYPE_CHECKING:
    from tuneloom.pipeline.storage.paths import AnyPath

__all__ = [
    "SCHEMA_VERSION",
    "Counts",
    "InputFile",
    "Manifest",
    "ManifestSource",
    "ManifestSplit",
    "Shard",
]

SCHEMA_VERSION = 4


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file that was read, unpacked. `sha256` is empty if it could not be read."""

    path: str
    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True)
class ManifestSource:
    """A source: its license and citation, and its files in the order of reading."""

    name: str
    title: str
    license: License
    citation: str
    homepage: str
    languages: tuple[str, ...]
    files: tuple[InputFile, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """The tunes that were read, by outcome. `rejects`, by code, includes files without a tune."""

    read: int
    taken: int
    duplicates: int
    rejects: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ManifestSplit:
    """The size of a split. `characters` counts the code points of its training text."""

    records: int
    characters: int


@dataclass(frozen=True, slots=True)
class Shard:
    """One file of records. `bytes` is its size, and `sha256` the hash of its contents."""

    file: str
    split: str
    records: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The manifest of a data set. `vocabulary` is every character of every split, in order."""

    schema_version: int
    profile: str
    grammar: str
    options: Mapping[str, Any]
    sources: tuple[ManifestSource, ...]
    vocabulary: str
    counts: Counts
    as_found: Mapping[str, ValidityCounts]
    splits: Mapping[str, ManifestSplit]
    shards: tuple[Shard, ...]

    @classmethod
    def load(cls, directory: Path | str) -> Manifest:
        """Read the manifest of a finished data set.

        Raises:
            UsageError: the directory is not a finished data set, or the manifest was edited.
        """
        directory = Path(directory)
        if not directory.is_dir():
            raise UsageError(_no_data_set(directory))
        if not (directory / COMPLETED).is_file():
            raise UsageError(
                f"{directory}: not a finished data set (no {COMPLETED}); ingest it again"
            )
        manifest = cls.read(directory)
        if (directory / COMPLETED).read_bytes()[:64] != _hex_digest(directory / MANIFEST):
            raise UsageError(
                f"{directory / MANIFEST}: changed since the run that wrote it; ingest it again"
            )
        return manifest

    @classmethod
    def read(cls, directory: AnyPath) -> Manifest:
        """Read the manifest of a data set, whether finished or still being made.

        Raises:
            UsageError: there is no manifest, or it is damaged or of another schema version.
        """
        path = directory / MANIFEST
        try:
            fields = json.loads(read_regular(path))
            version = fields["schema_version"]
        except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
            raise UsageError(
                f"{path}: not the manifest of a data set ({error}); ingest it again"
            ) from error
        if version != SCHEMA_VERSION:
            raise UsageError(
                f"{path}: schema version {version}, but this version of tuneloom reads "
                f"{SCHEMA_VERSION}; ingest it again"
            )
        try:
            manifest = cls._from_fields(fields)
            check_field_types(manifest)
        except (TypeError, KeyError, AttributeError) as error:
            raise UsageError(
                f"{path}: the manifest is damaged ({error}); ingest it again"
            ) from error
        return manifest

    @classmethod
    def _from_fields(cls, fields: dict[str, Any]) -> Manifest:
        return cls(
            **fields
            | {
                "sources": tuple(_source_from(source) for source in fields["sources"]),
                "counts": Counts(**fields["counts"]),
                "as_found": {
                    name: ValidityCounts(**counts) for name, counts in fields["as_found"].items()
                },
                "splits": {name: ManifestSplit(**size) for name, size in fields["splits"].items()},
                "shards": tuple(Shard(**shard) for shard in fields["shards"]),
            }
        )

    def to_json(self) -> bytes:
        """The bytes of `manifest.json`; equal manifests give equal bytes."""
        text = json.dumps(asdict(self), ensure_ascii=False, indent=2)
        # A lone surrogate, as in a file name that is not UTF-8, becomes a JSON escape.
        return text.encode(errors="backslashreplace") + b"\n"

    @property
    def sha256(self) -> str:
        """The SHA-256 of `manifest.json`, which identifies the exact data set."""
        return hashlib.sha256(self.to_json()).hexdigest()


def _no_data_set(path: Path) -> str:
    """What to do where there is no data set, whether a source, a file or the data set was meant."""
    from tuneloom.corpus.sources.catalogue import SOURCES

    if path.is_file():
        return f"{path}: a file, not a data set; make one: tuneloom ingest --input {path} -o data/{path.stem}"
    if str(path) in SOURCES.names:
        return f"{path}: a source, not a data set; make one: tuneloom ingest --source {path} -o data/{path}"
    source = f" --source {path.name}" if path.name in SOURCES.names else ""
    return f"{path}: no such directory; make the data set first: tuneloom ingest{source} -o {path}"


def _hex_digest(path: Path) -> bytes:
    return hashlib.sha256(path.read_bytes()).hexdigest().encode()


def _source_from(fields: dict[str, Any]) -> ManifestSource:
    return ManifestSource(
        **fields
        | {
            "license": License(**fields["license"]),
            "languages": tuple(fields["languages"]),
            "files": tuple(InputFile(**file) for file in fields["files"]),
        }
    )
