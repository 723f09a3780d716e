"""Records of a data set read back without TensorFlow."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tuneloom.corpus.record import Record, Reject
from tuneloom.grammar.errors import UsageError
from tuneloom.pipeline.dataset.example import Example
from tuneloom.pipeline.dataset.files import REJECTS
from tuneloom.pipeline.dataset.manifest import Manifest
from tuneloom.pipeline.dataset.schema import from_example
from tuneloom.pipeline.dataset.shards import Shard
from tuneloom.pipeline.dataset.tfrecord import read_frames
from tuneloom.pipeline.publish.verify import check_shards
from tuneloom.pipeline.steps.judge import load_rejects

__all__ = ["read_records", "read_rejects", "shards_of"]


def read_records(directory: Path | str, split: str) -> Iterator[Record]:
    """The records of a split, shard by shard, in the order in which they stand.

    Raises `UsageError` for a directory that is no finished data set, an unknown split, and a shard
    of any split that is not the one that the manifest lists; all this before the first record.
    """
    directory = Path(directory)
    for shard in shards_of(directory, Manifest.load(directory), split):
        with (directory / shard.file).open("rb") as file:
            for data in read_frames(file):
                yield from_example(Example.parse(data))


def read_rejects(directory: Path | str) -> Iterator[Reject]:
    """What a data set did not take, in the order in which it was found.

    Raises `UsageError` for a directory that is no finished data set, and for a damaged line.
    """
    directory = Path(directory)
    Manifest.load(directory)
    yield from load_rejects(directory / REJECTS)


def shards_of(directory: Path, manifest: Manifest, split: str) -> list[Shard]:
    """The shards of a split, once those of all splits are checked byte for byte.

    Raises `UsageError` as `read_records`.
    """
    if split not in manifest.splits:
        raise UsageError(
            f"{directory}: no split {split!r}; choose from {', '.join(manifest.splits)}"
        )
    check_shards(directory, manifest)
    return [shard for shard in manifest.shards if shard.split == split]
