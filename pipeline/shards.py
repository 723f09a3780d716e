"""Which split and shard a record belongs to, and how a shard is written.

Both follow from salted hashes of the record's own keys, as in TFDS: a tune stays where it is
however many others come or go, and a shard, sorted by the same hash, is already shuffled. Nothing
here asks which worker is at work, or when.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.record import Record
from pipeline.features import to_example
from pipeline.layout import SPLITS, shard_name, split_of_shard
from pipeline.tfrecord import frame

__all__ = ["Shard", "shard_of", "split_of", "write_atomically", "write_shard"]


@dataclass(frozen=True, slots=True)
class Shard:
    """One file of records: its size in bytes, and the SHA-256 of those bytes."""

    file: str
    split: str
    records: int
    bytes: int
    sha256: str


def split_of(family: str) -> str:
    """The split of a tune family: near duplicates never stand on both sides of a boundary."""
    share = _position("split", family, 100)
    for split, percent in SPLITS.items():
        if share < percent:
            return split
        share -= percent
    raise AssertionError("the shares of the splits do not add up to 100")


def shard_of(record: Record, shards: dict[str, int]) -> str:
    """The file name of the record's shard, given the number of shards of each split."""
    split = split_of(record.family)
    return shard_name(split, _position("shard", record.id, shards[split]), shards[split])


def write_shard(directory: Path, name: str, records: Iterable[Record]) -> Shard:
    """Write a shard, whatever the order in which its records came."""
    ordered = sorted(records, key=lambda record: (_digest("shard", record.id), record.id))
    frames = [frame(to_example(record).serialize()) for record in ordered]
    digest = hashlib.sha256()
    for framed in frames:
        digest.update(framed)
    write_atomically(directory / name, frames)
    size = sum(map(len, frames))
    return Shard(name, split_of_shard(name), len(frames), size, digest.hexdigest())


def write_atomically(path: Path, pieces: Sequence[bytes]) -> None:
    """Write a file under a passing name first: a bundle that a runner tries twice does no harm."""
    passing = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    try:
        with passing.open("wb") as file:
            file.writelines(pieces)
        passing.replace(path)
    finally:
        passing.unlink(missing_ok=True)


def _position(salt: str, key: str, count: int) -> int:
    """Where the key falls among `count` equal ranges of hashes."""
    return int.from_bytes(_digest(salt, key)[:8]) * count >> 64


def _digest(salt: str, key: str) -> bytes:
    return hashlib.sha256(f"tuneloom {salt} {key}".encode()).digest()
