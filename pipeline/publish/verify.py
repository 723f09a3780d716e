"""Verify a data set: every file against COMPLETED, against the manifest, and against each other."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tuneloom.corpus.record import Record, Reject
from tuneloom.grammar.errors import UsageError
from tuneloom.pipeline.dataset.files import (
    CHECKED_FILES,
    COMPLETED,
    MANIFEST,
    REJECTS,
    RUN,
    is_dataset_file,
    split_of_shard,
)
from tuneloom.pipeline.dataset.integrity import read_completed_sums, shard_problem
from tuneloom.pipeline.dataset.manifest import Manifest, Shard
from tuneloom.pipeline.dataset.reader import read_shard
from tuneloom.pipeline.dataset.rejects import load_rejects
from tuneloom.pipeline.dataset.shards import shard_of
from tuneloom.pipeline.dataset.splits import FamilySplit
from tuneloom.pipeline.publish.totals import (
    miscounted_records,
    miscounted_rejects,
    miscounted_tunes,
)

__all__ = ["DatasetFault", "verify_dataset"]


@dataclass(frozen=True, slots=True)
class DatasetFault:
    """What is wrong with one file of a data set."""

    file: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}: {self.message}"


def verify_dataset(directory: Path | str) -> list[DatasetFault]:
    """Read a whole data set and list everything that is wrong with it, file by file.

    Raises:
        UsageError: there is no such directory, or no sign of a data set in it.
    """
    directory = Path(directory)
    if not directory.is_dir():
        raise UsageError(f"{directory}: no such directory")
    if not (directory / MANIFEST).is_file() and not (directory / COMPLETED).is_file():
        raise UsageError(f"{directory}: not a data set (neither {MANIFEST} nor {COMPLETED})")
    faults = [*_checksum_faults(directory)]
    try:
        manifest = Manifest.read(directory)
        FamilySplit.of_options(manifest.options)
    except UsageError as error:
        message = str(error).removeprefix(f"{directory / MANIFEST}: ")
        return [*faults, DatasetFault(MANIFEST, message)]
    return list(dict.fromkeys([*faults, *_manifest_faults(directory, manifest)]))


def _checksum_faults(directory: Path) -> Iterator[DatasetFault]:
    """Check the files whose checksums COMPLETED lists, or should list."""
    completed = (directory / COMPLETED).is_file()
    if not completed:
        yield DatasetFault(COMPLETED, "missing: the run that wrote this did not finish")
    sums = read_completed_sums(directory) if completed else {}
    for name in dict.fromkeys([*CHECKED_FILES, *sums]):
        path = directory / name
        if not path.is_file():
            yield DatasetFault(name, "missing")
        elif completed and name not in sums:
            yield DatasetFault(COMPLETED, f"does not list {name}: damaged")
        elif completed and hashlib.sha256(path.read_bytes()).hexdigest() != sums[name]:
            yield DatasetFault(
                name, f"changed since the run: its sha256 is not the one in {COMPLETED}"
            )


def _manifest_faults(directory: Path, manifest: Manifest) -> Iterator[DatasetFault]:
    yield from _file_faults(directory, manifest)
    records: list[Record] = []
    intact = True
    for shard in manifest.shards:
        if problem := shard_problem(directory / shard.file, shard):
            intact = False
            yield DatasetFault(shard.file, problem)
            continue
        try:
            found = list(read_shard(directory / shard.file))
        except ValueError as error:  # its checksum is right, which is easily done
            intact = False
            yield DatasetFault(shard.file, str(error))
            continue
        records += found
        yield from _record_faults(shard, found, manifest)
    rejects = _read_rejects(directory)
    if isinstance(rejects, DatasetFault):
        yield rejects
    else:
        wrong = miscounted_rejects(rejects, manifest)
        yield from (DatasetFault(REJECTS, message) for message in wrong)
    if intact:
        wrong = miscounted_records(records, manifest)
        yield from (DatasetFault(MANIFEST, message) for message in wrong)
    if intact and not isinstance(rejects, DatasetFault):
        wrong = miscounted_tunes(records, rejects, manifest)
        yield from (DatasetFault(MANIFEST, message) for message in wrong)


def _file_faults(directory: Path, manifest: Manifest) -> Iterator[DatasetFault]:
    """Check which files are there, whatever is in them."""
    listed = {shard.file for shard in manifest.shards}
    for name in sorted(path.name for path in directory.iterdir()):
        if split_of_shard(name) and name not in listed:
            yield DatasetFault(name, "not in the manifest: a shard of another run")
        elif not is_dataset_file(name):
            yield DatasetFault(name, "not in the manifest: not part of a data set")
    if not (directory / RUN).is_file():
        yield DatasetFault(RUN, "missing")


def _read_rejects(directory: Path) -> list[Reject] | DatasetFault:
    path = directory / REJECTS
    if not path.is_file():
        return DatasetFault(REJECTS, "missing")
    try:
        return list(load_rejects(path))
    except UsageError as error:
        return DatasetFault(REJECTS, str(error).removeprefix(f"{path}:").strip())


def _record_faults(
    shard: Shard, records: list[Record], manifest: Manifest
) -> Iterator[DatasetFault]:
    if len(records) != shard.records:
        yield DatasetFault(
            shard.file, f"holds {len(records):,} records; {MANIFEST} lists {shard.records:,}"
        )
    shards = Counter(each.split for each in manifest.shards)
    splitting = FamilySplit.of_options(manifest.options)
    strays = sum(shard_of(record, dict(shards), splitting) != shard.file for record in records)
    if strays:
        yield DatasetFault(shard.file, f"{strays:,} records belong to another shard by their hash")
