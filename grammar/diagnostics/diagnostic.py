"""What is wrong with a tune, and where: diagnostics are values, with a code and a place."""

from __future__ import annotations

import unicodedata
from typing import Literal

from msgspec import Struct

__all__ = ["Diagnostic", "Level", "Severity", "Span", "snippet", "terminal_columns"]

Level = Literal["parseable", "strict", "sound", "metrical", "playable", "collection"]
"""A level of validity, or `collection`, to which codes belong that deny a tune no level."""

Severity = Literal["error", "warning"]


class Span(Struct, frozen=True):
    """A stretch of a source file: lines and columns count from 1, columns in code points.

    `end_column` is the column after the last character.
    """

    line: int
    column: int
    end_line: int
    end_column: int


class Diagnostic(Struct, frozen=True):
    """One finding: its code, the level of validity that it denies, its place and what would be right.

    `repairable` if a safe repair mends it, and `repairable_by_guess` if only an unsafe one does.
    """

    code: str
    level: Level
    severity: Severity
    message: str
    help: str
    span: Span
    repairable: bool = False
    repairable_by_guess: bool = False

    @property
    def line(self) -> int:
        """The line where it begins, from 1."""
        return self.span.line

    @property
    def column(self) -> int:
        """The column where it begins, from 1, in code points."""
        return self.span.column


def snippet(source_line: str, place: Diagnostic | Span) -> str:
    """Show the source line with a caret under the place, as compilers do."""
    span = place.span if isinstance(place, Diagnostic) else place
    end = span.end_column - 1 if span.end_line == span.line else span.column
    # A tab keeps its width in the line of the caret, so that the caret is in the right column.
    lead = "".join(
        char if char == "\t" else " " * _columns(char) for char in source_line[: span.column - 1]
    )
    width = terminal_columns(source_line[span.column - 1 : end])
    return f"{span.line:>5} | {source_line}\n      | {lead}{'^' * max(1, width)}"


def terminal_columns(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return sum(map(_columns, text))


def _columns(char: str) -> int:
    """How many columns of a terminal a character takes: accents of their own none, wide ones two."""
    if char.isascii():
        return 1
    if unicodedata.combining(char) or unicodedata.category(char) == "Cf":
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1
