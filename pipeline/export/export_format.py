"""What a format of an export is: the files of a split, and the function that writes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tuneloom.corpus.record import Record
from tuneloom.pipeline.description.hub_layout import Columns

__all__ = ["ExportFormat", "SplitWriter", "WrittenSplit", "has_no_loss"]


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

    The rest is what readers have to know: see `HubLayout`.
    """

    name: str
    main_file: str
    write_split: SplitWriter
    what: str
    media_type: str
    columns: Columns
    builder_options: Mapping[str, str]

    def file_of(self, split: str) -> str:
        """The name of the file that holds the tunes of a split."""
        return self.main_file.format(split=split)
