"""Reports of parts of a run; they add up to the same total in any order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tuneloom.corpus.record import Outcome, Record, Reject, ValidityCounts
from tuneloom.grammar.checking.levels import CHECKED_LEVELS
from tuneloom.pipeline.dataset.manifest import Shard
from tuneloom.pipeline.steps.feature_counts import (
    CountsByFeature,
    add_feature_counts,
    count_features,
)
from tuneloom.pipeline.steps.plan import Job

__all__ = ["FileFacts", "Report", "SplitReport"]


@dataclass(frozen=True, slots=True)
class FileFacts:
    """A file that was read: its index in the order of files, and the hash and number of its bytes."""

    order: int
    source: str
    path: str
    sha256: str
    bytes: int


@dataclass(slots=True)
class SplitReport:
    """The contents of a split."""

    characters: int = 0
    vocabulary: set[str] = field(default_factory=set)
    features: CountsByFeature = field(default_factory=dict)

    def add(self, other: SplitReport) -> None:
        self.characters += other.characters
        self.vocabulary |= other.vocabulary
        add_feature_counts(self.features, other.features)


@dataclass(slots=True)
class Report:
    """What a part of a run has seen.

    Tunes and their levels as found are counted by source, rejects by code.
    """

    read: Counter[str] = field(default_factory=Counter)
    levels: Counter[tuple[str, str]] = field(default_factory=Counter)
    parseable_repaired: Counter[str] = field(default_factory=Counter)
    rejects: Counter[str] = field(default_factory=Counter)
    files: list[FileFacts] = field(default_factory=list)
    shards: list[Shard] = field(default_factory=list)
    splits: dict[str, SplitReport] = field(default_factory=dict)

    def add(self, other: Report) -> None:
        """Add the report of another part of the run."""
        self.read.update(other.read)
        self.levels.update(other.levels)
        self.parseable_repaired.update(other.parseable_repaired)
        self.rejects.update(other.rejects)
        self.files.extend(other.files)
        self.shards.extend(other.shards)
        for split, part in other.splits.items():
            self.splits.setdefault(split, SplitReport()).add(part)

    def count(self, source: str, outcome: Outcome) -> None:
        """Count one tune of a source."""
        self.read[source] += 1
        self.levels.update((source, level) for level in outcome.levels_as_found)
        self.parseable_repaired[source] += outcome.parseable_repaired

    def validity_counts(self, sources: Iterable[str]) -> dict[str, ValidityCounts]:
        """How valid the tunes of some sources were as found."""
        return {
            source: ValidityCounts(
                self.read[source],
                {level: self.levels[source, level] for level in CHECKED_LEVELS},
                self.parseable_repaired[source],
            )
            for source in sources
        }

    @classmethod
    def of_file(cls, job: Job, sha256: str, size: int) -> Report:
        """The report of a file that was read. One that could not be read has no hash; a reject says why."""
        return cls(files=[FileFacts(job.order, job.file.source, job.file.path, sha256, size)])

    @classmethod
    def of_rejects(cls, rejects: Iterable[Reject]) -> Report:
        return cls(rejects=Counter(reject.code for reject in rejects))

    @classmethod
    def of_records(cls, split: str, records: Sequence[Record]) -> Report:
        part = SplitReport(
            characters=sum(len(record.abc) for record in records),
            vocabulary=set().union(*(record.abc for record in records)),
            features=count_features(records),
        )
        return cls(splits={split: part})
