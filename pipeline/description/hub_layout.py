"""The files that a data card and Croissant metadata describe: which there are, and how they are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

__all__ = ["Columns", "HubFile", "HubLayout"]

Columns = Literal["typed", "joined", "none"]
"""Whether every feature is a column: with its type, with lists as one text each, or not at all."""


@dataclass(frozen=True, slots=True)
class HubFile:
    """The file of a split, with its size in tunes and in bytes."""

    path: str
    split: str
    records: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class HubLayout:
    """The files of a directory, one for each split.

    `what` says what they are, in words. `builder_options` are what the library `datasets` has to know
    besides the names of the files.
    """

    what: str
    media_type: str
    columns: Columns
    builder_options: Mapping[str, str]
    files: tuple[HubFile, ...]
