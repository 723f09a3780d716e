"""Whether a data set is what its run wrote: every file against COMPLETED, the manifest, and itself.

A file cut between two records passes every checksum within it, and TensorFlow reads it without a
word; a shard that an older run left behind matches the same glob. Only the manifest tells.
"""

from __future__ import annotations

import hashlib
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.record import Record
from grammar.errors import UsageError
from pipeline.example import Example
from pipeline.features import from_example
from pipeline.layout import COMPLETED, MANIFEST, REJECTS, RUN, is_ours, split_of_shard
from pipeline.manifest import Manifest
from pipeline.shards import Shard, shard_of
from pipeline.tfrecord import read_frames

__all__ = ["Fault", "check_shards", "completed_sums", "verify"]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one file of a data set."""

    file: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}: {self.message}"


def verify(directory: Path | str) -> list[Fault]:
    """Read a data set whole and tell everything that is wrong with it, file by file.

    Raises UsageError if there is no such directory, or no sign of a data set in it.
    """
    directory = Path(directory)
    if not directory.is_dir():
        raise UsageError(f"{directory}: no such directory")
    if not (directory / MANIFEST).is_file() and not (directory / COMPLETED).is_file():
        raise UsageError(f"{directory}: not a data set (neither {MANIFEST} nor {COMPLETED})")
    faults = [*_sum_faults(directory)]
    try:
        manifest = Manifest.read(directory)
    except UsageError as error:
        return [*faults, Fault(MANIFEST, str(error).partition(": ")[2])]
    return [*faults, *_manifest_faults(directory, manifest)]


def check_shards(directory: Path, manifest: Manifest, split: str) -> None:
    """Raise UsageError if a shard of a split is not, byte for byte, the one in the manifest."""
    for shard in manifest.shards:
        if shard.split == split and (fault := _shard_fault(directory / shard.file, shard)):
            raise UsageError(f"{directory / shard.file}: {fault}; ingest it again")


def completed_sums(directory: Path) -> dict[str, str]:
    """The sha256 of each file that COMPLETED lists, in the form of `sha256sum`, by name."""
    lines = (directory / COMPLETED).read_text(errors="replace").splitlines()
    pairs = (line.partition("  ") for line in lines)
    return {name: digest for digest, _, name in pairs}


def _sum_faults(directory: Path) -> Iterator[Fault]:
    """What COMPLETED vouches for: the manifest, and what stands beside the shards."""
    if not (directory / COMPLETED).is_file():
        yield Fault(COMPLETED, "missing: the run that wrote this did not finish")
        return
    sums = completed_sums(directory)
    if MANIFEST not in sums:
        yield Fault(COMPLETED, f"names no {MANIFEST}: damaged")
    for name, digest in sums.items():
        path = directory / name
        if not path.is_file():
            yield Fault(name, "missing")
        elif hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            yield Fault(name, f"changed since the run: its sha256 is not the one in {COMPLETED}")


def _manifest_faults(directory: Path, manifest: Manifest) -> Iterator[Fault]:
    listed = {shard.file for shard in manifest.shards}
    for name in sorted(path.name for path in directory.iterdir()):
        if split_of_shard(name) and name not in listed:
            yield Fault(name, "not in the manifest: a shard of another run")
        elif not is_ours(name):
            yield Fault(name, "not in the manifest: no part of a data set")
    if not (directory / RUN).is_file():
        yield Fault(RUN, "missing")
    yield from _reject_faults(directory, manifest)
    records: list[Record] = []
    whole = True
    for shard in manifest.shards:
        if fault := _shard_fault(directory / shard.file, shard):
            whole = False
            yield Fault(shard.file, fault)
        else:
            found = list(_records(directory / shard.file))
            records += found
            yield from _record_faults(shard, found, manifest)
    if whole:
        yield from _count_faults(records, manifest)


def _shard_fault(path: Path, shard: Shard) -> str:
    """What tells a file from the shard of its name, in the words that help most."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return "missing"
    except OSError as error:
        return f"cannot be read ({error.strerror})"
    if hashlib.sha256(data).hexdigest() == shard.sha256:
        return ""
    records = 0
    try:
        for _ in read_frames(io.BytesIO(data)):
            records += 1
    except ValueError as error:
        return f"{error}, after {records:,} of {shard.records:,} records"
    if records != shard.records:
        return f"holds {records:,} records, where the manifest says {shard.records:,}"
    return (
        f"{len(data):,} bytes of another sha256 than the manifest says: not the shard of this run"
    )


def _records(path: Path) -> Iterator[Record]:
    with path.open("rb") as file:
        for data in read_frames(file):
            yield from_example(Example.parse(data))


def _record_faults(shard: Shard, records: list[Record], manifest: Manifest) -> Iterator[Fault]:
    if len(records) != shard.records:
        yield Fault(
            shard.file, f"holds {len(records):,} records; {MANIFEST} says {shard.records:,}"
        )
    shards = Counter(each.split for each in manifest.shards)
    strays = sum(shard_of(record, dict(shards)) != shard.file for record in records)
    if strays:
        yield Fault(shard.file, f"{strays:,} records belong to another shard by their hash")


def _count_faults(records: list[Record], manifest: Manifest) -> Iterator[Fault]:
    """What the manifest says of all records together."""
    if len(records) != manifest.counts.taken:
        yield Fault(MANIFEST, f"counts {manifest.counts.taken:,} tunes; {len(records):,} are there")
    several = len(records) - len({record.id for record in records})
    if several:
        yield Fault(MANIFEST, f"{several:,} melodies are there twice")
    if "".join(sorted(set().union(*(record.abc for record in records)))) != manifest.vocabulary:
        yield Fault(MANIFEST, "its vocabulary is not that of the tunes")


def _reject_faults(directory: Path, manifest: Manifest) -> Iterator[Fault]:
    path = directory / REJECTS
    if not path.is_file():
        return  # COMPLETED told
    found = path.read_bytes().count(b"\n")
    expected = sum(manifest.counts.rejects.values()) + manifest.counts.duplicates
    if found != expected:
        yield Fault(REJECTS, f"{found:,} lines, where the manifest counts {expected:,}")
