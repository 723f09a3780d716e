"""What a source of tunes is: where it comes from, what it may be used for, and its files."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import PurePosixPath

__all__ = ["Source", "SourceFile"]


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of a source: `path` names it in records, `location` is where it opens now.

    `member` names it within a zip archive, if `location` is one; `format` is `abc`, or `thesession`
    for the table that The Session publishes. `fault` says why it cannot be read, where that is known
    before it is opened.
    """

    source: str
    path: str
    license: str
    location: str
    member: str = ""
    format: str = "abc"
    fault: str = ""

    @property
    def part(self) -> str:
        """What narrows its source to this file, as `xmas` does in `nottingham/xmas`."""
        return PurePosixPath(self.path).stem


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(ABC):
    """A named collection. `note` says what a user of it should know beyond its license.

    `terms`, where there are any, must be accepted before the source is used.
    """

    name: str
    title: str
    license: str
    citation: str
    homepage: str
    note: str = ""
    terms: str = ""

    @abstractmethod
    def files(self, part: str = "") -> list[SourceFile]:
        """Find, and where needed download, every file in a fixed order, or only those of a part.

        There is no such part if the list is empty. Raises UsageError if a file cannot be had.
        """

    @abstractmethod
    def parts(self) -> list[str]:
        """Name every part, downloading nothing."""

    @abstractmethod
    def size(self) -> int | None:
        """The bytes of all files, where these are known; downloads nothing."""

    @abstractmethod
    def here(self) -> bool:
        """Tell whether `files` would find everything on this machine, without a download."""
