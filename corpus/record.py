"""The values that travel between the stages: a tune as found, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["DUPLICATE", "Outcome", "RawTune", "Record", "Reject", "ValidityCounts"]

DUPLICATE = "duplicate"
"""The code of a reject that another tune with its melody stands for."""


@dataclass(frozen=True, slots=True)
class RawTune:
    """One tune of a file as it was found, with the way back to its bytes.

    `path` is relative to the root of the source, with forward slashes; `offset` counts bytes and
    `line` (from 1) lines of the file up to the tune's first line; `text` has LF line ends; `file_header`
    holds the fields that the file gives to all its tunes. The first `lead` lines of the text
    are not in the file; `line` is then that of the first which is. `repairs` are the codes of those that
    reading the file took already.
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
    """One training example: the features of the data set, in the order of the design."""

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
    """A tune, or a file, that was not taken, and why. `kept` is set for duplicates only."""

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
    """What became of one tune, and which levels of validity it reached as found, before any repair.

    `signature` is that of the melody of a record; until families are known, a record's is its own id.
    """

    result: Record | Reject
    levels_as_found: tuple[str, ...]
    parseable_repaired: bool
    signature: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ValidityCounts:
    """How many tunes of a source reached each level of validity as they were found.

    `parseable_repaired` counts those that the grammar took after safe repairs.
    """

    read: int
    levels: Mapping[str, int]
    parseable_repaired: int
