"""Assign records to splits and shards, and write the shards.

Both follow from salted hashes of the record's own keys, as in TFDS. A tune stays in its split and shard
however many others come or go, and a shard, sorted by the same hash, is already shuffled. Nothing here
depends on which worker does the work, or when.

The shard of a record is known once its family is; the range of its id's hash is known at once. Each
shard is divided into ranges, so it is made by joining its pieces, one for each range.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from tuneloom.corpus.record import Record
from tuneloom.pipeline.dataset.files import shard_name, split_of_shard
from tuneloom.pipeline.dataset.manifest import Shard
from tuneloom.pipeline.dataset.schema import to_example
from tuneloom.pipeline.dataset.splits import FamilySplit, hash_position, salted_hash
from tuneloom.pipeline.dataset.tfrecord import frame
from tuneloom.pipeline.storage.paths import AnyPath, write_atomically

__all__ = ["ShardPiece", "join_pieces", "range_of", "shard_of", "write_piece"]

_MIN_RANGES = 16  # so that a range of a million tunes fits into a worker's memory easily
_CHUNK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class ShardPiece:
    """A file with the records of one shard in one range of ids."""

    path: AnyPath
    range: int
    records: int


def shard_of(record: Record, shards: Mapping[str, int], splitting: FamilySplit) -> str:
    """The file name of the record's shard, given the number of shards per split."""
    split = splitting.of(record.family)
    return shard_name(split, hash_position("shard", record.id, shards[split]), shards[split])


def range_of(identity: str, shards: Mapping[str, int]) -> int:
    """The range that the hash of an id falls into. No range spans two shards."""
    common = math.lcm(*shards.values())
    return hash_position("shard", identity, common * math.ceil(_MIN_RANGES / common))


def write_piece(path: AnyPath, number: int, records: Iterable[Record]) -> ShardPiece:
    """Write the records of one shard in one range; the order of `records` does not matter."""
    ordered = sorted(records, key=lambda record: (salted_hash("shard", record.id), record.id))
    write_atomically(path, (frame(to_example(record).serialize()) for record in ordered))
    return ShardPiece(path, number, len(ordered))


def join_pieces(directory: AnyPath, name: str, pieces: Iterable[ShardPiece]) -> Shard:
    """Write a shard from its pieces, which are kept. Without any, the shard is empty."""
    ordered = sorted(pieces, key=lambda piece: piece.range)
    digest = hashlib.sha256()
    size = 0

    def chunks() -> Iterator[bytes]:
        nonlocal size
        for piece in ordered:
            with piece.path.open("rb") as file:
                while chunk := file.read(_CHUNK_BYTES):
                    digest.update(chunk)
                    size += len(chunk)
                    yield chunk

    write_atomically(directory / name, chunks())
    records = sum(piece.records for piece in ordered)
    return Shard(name, split_of_shard(name), records, size, digest.hexdigest())
