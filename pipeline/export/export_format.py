"""What a format of an export is: the files of a split, and the function that writes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from tuneloom.corpus.record import Record

__all__ = ["COLUMNS", "ExportFormat", "SplitWriter", "WrittenSplit", "has_no_loss"]

COLUMNS = tuple(field.name for field in fields(Record))
"""The columns of a table, one for each feature of the data set."""


@dataclass(frozen=True, slots=True)
class WrittenSplit:
    """What was written of a split. `left_out` counts the tunes that the format cannot express, by reason."""

    records: int
    left_out: Mapping[str, int]


def has_no_loss(records: int) -> WrittenSplit:
    """The outcome of a format that can express every tune."""
    return WrittenSplit(records, {})


SplitWriter = Callable[[Path, str, Iterable[Record]], WrittenSplit]
"""Writes the records of a split, given the directory and the name of the split, as they come."""


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """A format by its name. `main_file` is the file of a split, with `{split}` for its name.

    `builder_options` are what the library `datasets` has to know besides the names of the files, and
    `is_table` says whether every feature is a column.
    """

    name: str
    main_file: str
    write_split: SplitWriter
    is_table: bool
    media_type: str
    builder_options: Mapping[str, str]

    def file_of(self, split: str) -> str:
        """The name of the file that holds the tunes of a split."""
        return self.main_file.format(split=split)
