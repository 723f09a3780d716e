"""The values that are passed between steps: a tune as found, and its outcome."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tuneloom.corpus.sketch import TuneSketch

__all__ = ["DUPLICATE", "Outcome", "RawTune", "Record", "Reject", "ValidityCounts"]

DUPLICATE = "duplicate"
"""The code of a reject whose melody is in the data set already."""


@dataclass(frozen=True, slots=True)
class RawTune:
    """One tune of a file as it was found.

    `path` is relative to the root of the source, with forward slashes. `offset` is the byte, and `line` the
    line (from 1), at which the tune begins in the file. `text` has LF line ends. `file_header` holds the
    fields that the file gives to all of its tunes. The first `lead` lines of the text are not in the file;
    `line` is then that of the first line that is. `repairs` are the codes of repairs made while reading.

    In a table, `row` is the number of the row (from 1, without the header), and `offset` is that in the text
    of the row. Unless `in_lines`, all lines of the text are on one line of the file.
    """

    source: str
    path: str
    license: str
    offset: int
    line: int
    text: str
    file_header: str = ""
    lead: int = 0
    repairs: tuple[str, ...] = ()
    row: int = 0
    in_lines: bool = True


@dataclass(frozen=True, slots=True)
class Record:
    """One training example: the features of the data set, in order."""

    abc: str
    id: str
    family: str
    source: str
    path: str
    license: str
    offset: int
    row: int
    title: str
    rhythm: str
    meter: str
    unit_note_length: str
    tonic: str
    mode: str
    bars: int
    notes: int
    levels: tuple[str, ...]
    repairs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reject:
    """A tune, row or file that was not taken, and why.

    `kept` is the id of the melody that a duplicate repeats. `row` is the row of a table, or 0. Where the tune
    is on one line of the file, `tune_line` is the line of the tune, and otherwise 0.
    """

    source: str
    path: str
    offset: int
    line: int
    column: int
    code: str
    message: str
    kept: str = ""
    row: int = 0
    tune_line: int = 0

    @property
    def place(self) -> str:
        """The file, line and column, and where the file is a table the row."""
        row = [f"row {self.row:,}"] if self.row else []
        line = [f"line {self.tune_line:,} of the tune"] if self.tune_line else []
        within = f" ({', '.join(row + line)})" if row or line else ""
        return f"{self.path}:{self.line}:{self.column}{within}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of one tune, and the levels of validity that it reached as found, before any repair.

    `sketch` is that of a record. Until families are known, a record's family is its id.
    """

    result: Record | Reject
    levels_as_found: tuple[str, ...]
    parseable_repaired: bool
    sketch: TuneSketch | None = None


@dataclass(frozen=True, slots=True)
class ValidityCounts:
    """How many tunes of a source reached each level of validity, as found.

    `parseable_repaired` counts those that were parseable after safe repairs.
    """

    read: int
    levels: Mapping[str, int]
    parseable_repaired: int
