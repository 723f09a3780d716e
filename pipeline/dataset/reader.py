"""Read the records and rejects of a data set, without TensorFlow."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from tuneloom.corpus.record import Record, Reject
from tuneloom.grammar.errors import UsageError
from tuneloom.pipeline.dataset.files import REJECTS
from tuneloom.pipeline.dataset.integrity import check_shards
from tuneloom.pipeline.dataset.manifest import Manifest, Shard
from tuneloom.pipeline.dataset.rejects import load_rejects
from tuneloom.pipeline.dataset.schema import parse_record, parse_values
from tuneloom.pipeline.dataset.tfrecord import read_frames

if TYPE_CHECKING:
    from tuneloom.pipeline.storage.paths import AnyPath

__all__ = ["read_records", "read_rejects", "read_shard", "records_in", "shards_of", "values_in"]

_Parsed = TypeVar("_Parsed")


def read_records(directory: Path | str, split: str) -> Iterator[Record]:
    """The records of a split, shard by shard, in the order of the files.

    All checks are made before the first record is given.

    Raises:
        UsageError: the directory is not a finished data set, there is no such split, or a shard of any
            split is not the one that the manifest lists.
    """
    directory = Path(directory)
    yield from records_in(directory, shards_of(directory, Manifest.load(directory), split))


def read_rejects(directory: Path | str) -> Iterator[Reject]:
    """The tunes and files that a data set did not take, in the order in which they were found.

    Raises:
        UsageError: the directory is not a finished data set, or a line is damaged.
    """
    directory = Path(directory)
    Manifest.load(directory)
    yield from load_rejects(directory / REJECTS)


def records_in(directory: Path, shards: Iterable[Shard]) -> Iterator[Record]:
    """The records of shards that have been checked, one after another.

    Raises:
        UsageError: a record is not one of this version.
    """
    return _parsed_records(directory, shards, parse_record)


def values_in(directory: Path, shards: Iterable[Shard]) -> Iterator[tuple[Any, ...]]:
    """As `records_in`, but each record as its values in the order of `schema.VALUES`, which is faster."""
    return _parsed_records(directory, shards, parse_values)


def read_shard(path: AnyPath) -> Iterator[Record]:
    """The records in one file. Raises ValueError where the file is damaged."""
    with path.open("rb") as file:
        yield from map(parse_record, read_frames(file))


def _parsed_records(
    directory: Path, shards: Iterable[Shard], parse: Callable[[bytes], _Parsed]
) -> Iterator[_Parsed]:
    for shard in shards:
        path = directory / shard.file
        try:
            with path.open("rb") as file:
                yield from map(parse, read_frames(file))
        except ValueError as error:
            raise UsageError(f"{path}: {error}; ingest it again") from error


def shards_of(directory: Path, manifest: Manifest, *splits: str) -> list[Shard]:
    """The shards of one split after the other, when the shards of all splits have been checked byte for byte.

    Raises:
        UsageError: as `read_records`.
    """
    for split in splits:
        if split not in manifest.splits:
            known = ", ".join(manifest.splits)
            raise UsageError(f"{directory}: no split {split!r}; choose from {known}")
    check_shards(directory, manifest)
    return [shard for split in splits for shard in manifest.shards if shard.split == split]
