"""What the features of a split hold, counted piece by piece and added up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from tuneloom.corpus.record import Record
from tuneloom.pipeline.dataset.schema import INT64, LISTS, TEXT

__all__ = ["Column", "Columns", "add_columns", "columns_of"]

# The values of the other features are nearly all different: a count of each would say nothing, and
# hold the whole data set in memory.
_PROVENANCE = ("source", "path", "license")
_MUSIC = ("rhythm", "meter", "unit_note_length", "tonic", "mode", "bars", "notes")
_COUNTED = frozenset((*_PROVENANCE, *_MUSIC, *LISTS))


@dataclass(slots=True)
class Column:
    """One feature over many examples. `length` adds up the characters of all texts."""

    filled: int = 0
    values: int = 0
    fewest: int = 0
    most: int = 0
    length: int = 0
    counts: Counter[str | int] = field(default_factory=Counter)

    def add(self, other: Column) -> None:
        """Take in what another part of the same split holds."""
        self.fewest = min(self.fewest, other.fewest) if self.values else other.fewest
        self.most = max(self.most, other.most)
        self.filled += other.filled
        self.values += other.values
        self.length += other.length
        self.counts.update(other.counts)


Columns = dict[str, Column]


def columns_of(records: Sequence[Record]) -> Columns:
    """The columns of some records, every feature present even when there is no record."""
    columns = {
        name: _column([(getattr(record, name),) for record in records], name)
        for name in (*TEXT, *INT64)
    }
    return columns | {
        name: _column([getattr(record, name) for record in records], name) for name in LISTS
    }


def add_columns(columns: Columns, others: Columns) -> None:
    """Add the columns of another part of the same split, in place."""
    for name, other in others.items():
        columns.setdefault(name, Column()).add(other)


def _column(rows: list[tuple[str | int, ...]], name: str) -> Column:
    sizes = [len(row) for row in rows]
    values = [value for row in rows for value in row]
    return Column(
        filled=sum(1 for size in sizes if size),
        values=len(values),
        fewest=min(sizes, default=0),
        most=max(sizes, default=0),
        length=sum(len(value) for value in values if isinstance(value, str)),
        counts=Counter(values) if name in _COUNTED else Counter(),
    )
