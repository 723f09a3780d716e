"""What the parts of a run have seen; the parts add up to the same whole in any order."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tuneloom.corpus.record import Outcome, Record, Reject
from tuneloom.pipeline.dataset.shards import Shard
from tuneloom.pipeline.steps.feature_counts import Columns, add_columns, columns_of
from tuneloom.pipeline.steps.plan import Job

__all__ = ["FileFacts", "Report", "SplitReport"]


@dataclass(frozen=True, slots=True)
class FileFacts:
    """A file that was read: its place in the order of the files, and its bytes in brief."""

    order: int
    source: str
    path: str
    sha256: str
    bytes: int


@dataclass(slots=True)
class SplitReport:
    """What the records of a split are made of."""

    characters: int = 0
    vocabulary: set[str] = field(default_factory=set)
    columns: Columns = field(default_factory=dict)

    def add(self, other: SplitReport) -> None:
        self.characters += other.characters
        self.vocabulary |= other.vocabulary
        add_columns(self.columns, other.columns)


@dataclass(slots=True)
class Report:
    """Counts of tunes and of their levels as found, by source, of rejects by code, and the facts
    of files, splits and shards.
    """

    read: Counter[str] = field(default_factory=Counter)
    levels: Counter[tuple[str, str]] = field(default_factory=Counter)
    parseable_repaired: Counter[str] = field(default_factory=Counter)
    rejects: Counter[str] = field(default_factory=Counter)
    files: list[FileFacts] = field(default_factory=list)
    shards: list[Shard] = field(default_factory=list)
    splits: dict[str, SplitReport] = field(default_factory=dict)

    def add(self, other: Report) -> None:
        """Take in the report of another part of the run."""
        self.read.update(other.read)
        self.levels.update(other.levels)
        self.parseable_repaired.update(other.parseable_repaired)
        self.rejects.update(other.rejects)
        self.files.extend(other.files)
        self.shards.extend(other.shards)
        for split, part in other.splits.items():
            self.splits.setdefault(split, SplitReport()).add(part)

    def count(self, source: str, outcome: Outcome) -> None:
        """Take in what became of one tune."""
        self.read[source] += 1
        self.levels.update((source, level) for level in outcome.levels_as_found)
        self.parseable_repaired[source] += outcome.parseable_repaired

    @classmethod
    def of_file(cls, job: Job, data: bytes | Reject) -> Report:
        """A file as it was read; one that could not be has no sum, and a reject says why."""
        found = b"" if isinstance(data, Reject) else data
        digest = "" if isinstance(data, Reject) else hashlib.sha256(data).hexdigest()
        return cls(files=[FileFacts(job.order, job.file.source, job.file.path, digest, len(found))])

    @classmethod
    def of_rejects(cls, rejects: Iterable[Reject]) -> Report:
        return cls(rejects=Counter(reject.code for reject in rejects))

    @classmethod
    def of_records(cls, split: str, records: Sequence[Record]) -> Report:
        part = SplitReport(
            characters=sum(len(record.abc) for record in records),
            vocabulary=set().union(*(record.abc for record in records)),
            columns=columns_of(records),
        )
        return cls(splits={split: part})
