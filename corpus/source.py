"""What a source of tunes is: where it comes from, its license, and its files."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

from tuneloom.corpus.license import License

__all__ = ["FileFormat", "Source", "SourceFile"]

FileFormat = Literal["abc", "thesession"]
"""`thesession` is the table that The Session publishes."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of a source. `path` names it in records, and `location` is where it can be opened now.

    `license` is the name of the license. `member` is the name within an archive, if `location` is one,
    and `copies` is how many files of that name it holds, of which the last is meant.
    `column` names the column of tunes in a table; by default, its name tells. `fault` says why the file
    cannot be read, where that is known before it is opened, and `fault_code` is the code of the reject.
    """

    source: str
    path: str
    license: str
    location: str
    member: str = ""
    copies: int = 1
    format: FileFormat = "abc"
    fault: str = ""
    fault_code: str = "unreadable-file"
    column: str = ""

    @property
    def part(self) -> str:
        """What selects this file of its source, as `xmas` does in `nottingham/xmas`."""
        return PurePosixPath(self.path).stem


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(ABC):
    """A named collection. `note` is what its users should know apart from the license.

    `languages` are the ISO 639 codes of the languages of its titles.
    """

    name: str
    title: str
    license: License
    citation: str
    homepage: str
    languages: tuple[str, ...] = ()
    note: str = ""

    @abstractmethod
    def files(self, part: str = "") -> list[SourceFile]:
        """Every file in a fixed order, or only those of a part; downloads them where needed.

        An empty list means that there is no such part.

        Raises:
            UsageError: a file is not available.
        """

    @abstractmethod
    def parts(self) -> list[str]:
        """The names of all parts, without a download."""

    @abstractmethod
    def size(self) -> int | None:
        """The total size in bytes, where it is known, without a download."""

    @abstractmethod
    def here(self) -> bool:
        """Whether `files` would find everything on this machine, without a download."""
