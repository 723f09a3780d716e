"""What is found in a table: rows with a tune, rows that are broken, or that it is no such table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from tuneloom.corpus.files.contents import file_fault
from tuneloom.grammar.source.charset import charset_of

__all__ = ["BadRow", "BadTable", "TableRow", "checked_row"]


class BadTable(Exception):
    """A file is not such a table, or not from `line` on."""

    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.message = message
        self.line = line


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: its number from 1, without the header, and the text in the column of tunes.

    `line` is the line of the file on which the text begins. With `in_lines`, each line of the text is one of
    the file. The first `lead` lines of the text are made from other columns; `line` is then that of the next.
    """

    number: int
    line: int
    text: str
    in_lines: bool = False
    lead: int = 0


class BadRow(NamedTuple):
    """A row that is not read, the line on which it begins, and what is wrong with it."""

    number: int
    line: int
    message: str


def checked_row(number: int, line: int, value: object, in_lines: bool = False) -> TableRow | BadRow:
    """The row with that value in its column of tunes, which should be text."""
    if isinstance(value, bytes):
        value = value.decode(charset_of(value))
    if value is None:
        return BadRow(number, line, "the row has no tune: its cell is empty")
    if not isinstance(value, str):
        kind = _KINDS.get(type(value), type(value).__name__)
        return BadRow(number, line, f"the cell holds {kind} and no text")
    # The character that a lone surrogate was half of is lost.
    data = value.encode(errors="replace")
    match file_fault(data):
        case None:
            return TableRow(number, line, data.decode(), in_lines)
        case ("empty-file", _):
            return BadRow(number, line, "the row has no tune: its cell is empty")
        case _:
            return BadRow(number, line, "the cell holds bytes that are no text")


_KINDS = {
    bool: "a truth value",
    int: "a number",
    float: "a number",
    list: "a list",
    dict: "an object",
}
