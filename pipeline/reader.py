"""Records of a data set read back without TensorFlow."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from corpus.record import Record
from grammar.errors import UsageError
from pipeline.example import Example
from pipeline.features import from_example
from pipeline.manifest import Manifest
from pipeline.shards import Shard
from pipeline.tfrecord import read_frames

__all__ = ["read_records"]


def read_records(directory: Path | str, split: str) -> Iterator[Record]:
    """The records of a split, shard by shard, in the order in which they stand.

    Raises `UsageError` for a directory that is no finished data set, an unknown split, and a shard
    that is missing, damaged or cut short.
    """
    directory = Path(directory)
    manifest = Manifest.load(directory)
    if split not in manifest.splits:
        raise UsageError(
            f"{directory}: no split {split!r}; choose from {', '.join(manifest.splits)}"
        )
    for shard in manifest.shards:
        if shard.split == split:
            yield from _read_shard(directory, shard)


def _read_shard(directory: Path, shard: Shard) -> Iterator[Record]:
    path = directory / shard.file
    records = 0
    try:
        with path.open("rb") as file:
            for data in read_frames(file):
                yield from_example(Example.parse(data))
                records += 1
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror}); ingest it again") from error
    except ValueError as error:
        raise UsageError(f"{path}: {error}; ingest it again") from error
    # A file cut between two records passes every checksum inside it.
    if records != shard.records:
        raise UsageError(
            f"{path}: holds {records:,} records, where the manifest says {shard.records:,}; "
            "ingest it again"
        )
