"""Which split and shard a record belongs to, and how a shard is written.

Both follow from salted hashes of the record's own keys, as in TFDS: a tune stays where it is
however many others come or go, and a shard, sorted by the same hash, is already shuffled. Nothing
here asks which worker is at work, or when.

The shard of a record is known once its family is; the range that the hash of its id falls into is known
at once. Ranges follow each other within each shard, so a shard is the pieces, one a range, joined.
"""

from __future__ import annotations

import hashlib
import math
import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass

from tuneloom.corpus.record import Record
from tuneloom.pipeline.dataset.files import SPLITS, shard_name, split_of_shard
from tuneloom.pipeline.dataset.schema import to_example
from tuneloom.pipeline.dataset.tfrecord import frame
from tuneloom.pipeline.storage.paths import AnyPath, write

__all__ = [
    "Piece", "Shard", "join_pieces", "range_of", "shard_of", "split_of", "write_atomically", "write_piece",
]  # fmt: skip

_FEWEST_RANGES = 16  # so that one of a million tunes fits a worker easily
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Piece:
    """The records of one shard in one range of ids, in a file of their own."""

    path: AnyPath
    range: int
    records: int


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


def shard_of(record: Record, shards: Mapping[str, int]) -> str:
    """The file name of the record's shard, given the number of shards of each split."""
    split = split_of(record.family)
    return shard_name(split, _position("shard", record.id, shards[split]), shards[split])


def range_of(identity: str, shards: Mapping[str, int]) -> int:
    """The range that the hash of an id falls into; none reaches across the end of a shard."""
    common = math.lcm(*shards.values())
    return _position("shard", identity, common * math.ceil(_FEWEST_RANGES / common))


def write_piece(path: AnyPath, number: int, records: Iterable[Record]) -> Piece:
    """Write the records of one shard in one range, whatever the order in which they came."""
    ordered = sorted(records, key=lambda record: (_digest("shard", record.id), record.id))
    write_atomically(path, (frame(to_example(record).serialize()) for record in ordered))
    return Piece(path, number, len(ordered))


def join_pieces(directory: AnyPath, name: str, pieces: Iterable[Piece]) -> Shard:
    """Write a shard from its pieces, which stay; without any it is empty."""
    ordered = sorted(pieces, key=lambda piece: piece.range)
    digest = hashlib.sha256()
    size = 0

    def read() -> Iterator[bytes]:
        nonlocal size
        for piece in ordered:
            with piece.path.open("rb") as file:
                while chunk := file.read(_CHUNK):
                    digest.update(chunk)
                    size += len(chunk)
                    yield chunk

    write_atomically(directory / name, read())
    records = sum(piece.records for piece in ordered)
    return Shard(name, split_of_shard(name), records, size, digest.hexdigest())


def write_atomically(path: AnyPath, pieces: Iterable[bytes]) -> None:
    """Write a file under a passing name first: a bundle that a runner tries twice does no harm."""
    passing = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    try:
        write(passing, pieces)
        passing.replace(path)  # type: ignore[arg-type]
    except BaseException:
        with suppress(OSError):  # what went wrong first is what counts
            passing.unlink(missing_ok=True)
        raise


def _position(salt: str, key: str, count: int) -> int:
    """Where the key falls among `count` equal ranges of hashes."""
    return int.from_bytes(_digest(salt, key)[:8]) * count >> 64


def _digest(salt: str, key: str) -> bytes:
    return hashlib.sha256(f"tuneloom {salt} {key}".encode()).digest()
