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
    """A tune or file that was not taken, and why. `kept` is the id of the melody that a duplicate repeats."""

    source: str
    path: str
    offset: int
    line: int
    column: int
    code: str
    message: str
    kept: str = ""


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
