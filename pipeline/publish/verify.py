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

from tuneloom.corpus.record import Record, Reject
from tuneloom.grammar.errors import UsageError
from tuneloom.pipeline.dataset.example import Example
from tuneloom.pipeline.dataset.files import (
    COMPLETED,
    MANIFEST,
    REJECTS,
    RUN,
    VOUCHED,
    is_ours,
    split_of_shard,
)
from tuneloom.pipeline.dataset.manifest import Manifest
from tuneloom.pipeline.dataset.schema import from_example
from tuneloom.pipeline.dataset.shards import Shard, shard_of
from tuneloom.pipeline.dataset.tfrecord import read_frames
from tuneloom.pipeline.publish.totals import (
    miscounted_records,
    miscounted_rejects,
    miscounted_tunes,
)
from tuneloom.pipeline.steps.judge import load_rejects

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
    return list(dict.fromkeys([*faults, *_manifest_faults(directory, manifest)]))


def check_shards(directory: Path, manifest: Manifest) -> None:
    """Raise UsageError if a shard of any split is not, byte for byte, the one in the manifest."""
    for shard in manifest.shards:
        if fault := _shard_fault(directory / shard.file, shard):
            raise UsageError(f"{directory / shard.file}: {fault}; ingest it again")


def completed_sums(directory: Path) -> dict[str, str]:
    """The sha256 of each file that COMPLETED lists, in the form of `sha256sum`, by name."""
    lines = (directory / COMPLETED).read_text(errors="replace").splitlines()
    pairs = (line.partition("  ") for line in lines)
    return {name: digest for digest, _, name in pairs}


def _sum_faults(directory: Path) -> Iterator[Fault]:
    """What COMPLETED vouches for, or should: the manifest, and what stands beside the shards."""
    completed = (directory / COMPLETED).is_file()
    if not completed:
        yield Fault(COMPLETED, "missing: the run that wrote this did not finish")
    sums = completed_sums(directory) if completed else {}
    for name in dict.fromkeys([*VOUCHED, *sums]):
        path = directory / name
        if not path.is_file():
            yield Fault(name, "missing")
        elif completed and name not in sums:
            yield Fault(COMPLETED, f"names no {name}: damaged")
        elif completed and hashlib.sha256(path.read_bytes()).hexdigest() != sums[name]:
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
    rejects = _rejects(directory)
    if isinstance(rejects, Fault):
        yield rejects
    else:
        yield from (Fault(REJECTS, message) for message in miscounted_rejects(rejects, manifest))
    if whole:
        yield from (Fault(MANIFEST, message) for message in miscounted_records(records, manifest))
    if whole and not isinstance(rejects, Fault):
        wrong = miscounted_tunes(records, rejects, manifest)
        yield from (Fault(MANIFEST, message) for message in wrong)


def _rejects(directory: Path) -> list[Reject] | Fault:
    path = directory / REJECTS
    if not path.is_file():
        return Fault(REJECTS, "missing")
    try:
        return list(load_rejects(path))
    except UsageError as error:
        return Fault(REJECTS, str(error).removeprefix(f"{path}:").strip())


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
