"""What a source of tunes is: where it comes from, what it may be used for, and its files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

__all__ = ["Source", "SourceFile"]


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of a source: `path` names it in records, `location` is where it opens now."""

    source: str
    path: str
    license: str
    location: str


@dataclass(frozen=True, slots=True)
class Source:
    """A named collection. `files` finds (and, where needed, downloads) its files, in a fixed order."""

    name: str
    title: str
    license: str
    citation: str
    homepage: str
    files: Callable[[], list[SourceFile]]
    note: str = ""
