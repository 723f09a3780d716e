"""What a report consists of, whatever it is written as: sections of paragraphs, tables and so on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from tuneloom.web.entries import PageEntry

__all__ = [
    "Listing",
    "Paragraph",
    "Picture",
    "Remark",
    "ReportBlock",
    "ReportDocument",
    "ReportSection",
    "ReportTable",
    "ReportTune",
]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Plain text; `is_quoted` is the line of a section that is there to be quoted."""

    text: str
    is_quoted: bool = False


@dataclass(frozen=True, slots=True)
class Remark:
    """What a reader must know before believing what comes next."""

    text: str


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A table whose first column names its rows; the others are numbers, or text."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    is_text: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """An SVG for light and dark paper, and what it shows."""

    svg: str
    described: str


@dataclass(frozen=True, slots=True)
class Listing:
    """Text to copy, in a language: `sh`, `bibtex`."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class ReportTune:
    """A tune to see and hear, and sentences about it."""

    entry: PageEntry
    title: str
    facts: tuple[str, ...]


ReportBlock: TypeAlias = Paragraph | Remark | ReportTable | Picture | Listing | ReportTune


@dataclass(frozen=True, slots=True)
class ReportSection:
    """A section with its heading."""

    title: str
    blocks: tuple[ReportBlock, ...]


@dataclass(frozen=True, slots=True)
class ReportDocument:
    """A whole report."""

    title: str
    sections: tuple[ReportSection, ...]
