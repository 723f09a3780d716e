"""Statistics of the features of a split, counted in parts and added up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from tuneloom.corpus.record import Record
from tuneloom.pipeline.dataset.schema import INT64, LISTS, TEXT

__all__ = ["CountsByFeature", "FeatureCounts", "add_feature_counts", "count_features"]

# The values of the other features are nearly all different: counting each would tell nothing and keep
# the whole data set in memory.
_PROVENANCE = ("source", "path", "license")
_MUSIC = ("rhythm", "meter", "unit_note_length", "tonic", "mode", "bars", "notes")
_COUNTED = frozenset((*_PROVENANCE, *_MUSIC, *LISTS))


@dataclass(slots=True)
class FeatureCounts:
    """One feature in many examples. `length` is the total number of characters."""

    filled: int = 0
    values: int = 0
    min_values: int = 0
    max_values: int = 0
    length: int = 0
    counts: Counter[str | int] = field(default_factory=Counter)

    def add(self, other: FeatureCounts) -> None:
        """Add the counts of another part of the same split."""
        self.min_values = (
            min(self.min_values, other.min_values) if self.values else other.min_values
        )
        self.max_values = max(self.max_values, other.max_values)
        self.filled += other.filled
        self.values += other.values
        self.length += other.length
        self.counts.update(other.counts)


CountsByFeature = dict[str, FeatureCounts]


def count_features(records: Sequence[Record]) -> CountsByFeature:
    """The counts of some records; every feature is there even if there is no record."""
    counts = {
        name: _count_feature([(getattr(record, name),) for record in records], name)
        for name in (*TEXT, *INT64)
    }
    return counts | {
        name: _count_feature([getattr(record, name) for record in records], name) for name in LISTS
    }


def add_feature_counts(total: CountsByFeature, others: CountsByFeature) -> None:
    """Add the counts of another part of the same split, in place."""
    for name, other in others.items():
        total.setdefault(name, FeatureCounts()).add(other)


def _count_feature(rows: list[tuple[str | int, ...]], name: str) -> FeatureCounts:
    sizes = [len(row) for row in rows]
    values = [value for row in rows for value in row]
    return FeatureCounts(
        filled=sum(1 for size in sizes if size),
        values=len(values),
        min_values=min(sizes, default=0),
        max_values=max(sizes, default=0),
        length=sum(len(value) for value in values if isinstance(value, str)),
        counts=Counter(values) if name in _COUNTED else Counter(),
    )
