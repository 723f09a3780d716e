"""The text of a document in lines, and the way between its characters and the positions of a client.

A client counts lines and, in a line, the units of an encoding that it names when it begins: code units of
UTF-16 if it says nothing. Lines end with LF, CRLF or CR and nothing else, as in a tunebook.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import add

from lsprotocol.types import Position, PositionEncodingKind, Range, TextEdit

from tuneloom.grammar.source.lines import LINE_END

__all__ = ["DocumentText", "LineEdit"]

_BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class LineEdit:
    """A line, counted from 0, and what is to be there instead; that may be several lines."""

    index: int
    text: str


class DocumentText:
    """A text that never changes; `edited` gives another.

    Places of the package count lines and columns from 1, columns in code points and, in the first line,
    without a byte order mark.
    """

    def __init__(self, text: str, encoding: str = PositionEncodingKind.Utf16) -> None:
        self.text = text
        self.encoding = encoding
        self._lines: list[str] = LINE_END.split(text)
        self._ends: list[str] = LINE_END.findall(text)
        lengths = map(add, map(len, self._lines), map(len, self._ends))
        self._starts: list[int] = list(accumulate(lengths, initial=0))

    def __len__(self) -> int:
        return len(self._lines)

    def line(self, index: int) -> str:
        """A line without its end, by its index from 0; empty beyond the last."""
        return self._lines[index] if index < len(self._lines) else ""

    def line_end(self, index: int) -> str:
        """What ends a line, or the first line if it is the last."""
        return self._ends[index if index < len(self._ends) else 0] if self._ends else "\n"

    # ------------------------------------------------------------ positions

    def place(self, position: Position) -> tuple[int, int]:
        """The line and column of a position; one beyond the text or a line is at its end."""
        index, characters = self._inside(position)
        return index + 1, characters - self._lead(index) + 1

    def position(self, line: int, column: int) -> Position:
        """The position of a line and a column."""
        index = line - 1
        text = self.line(index)
        return Position(index, self._units(text[: max(0, column - 1) + self._lead(index)]))

    def range(self, line: int, column: int, end_line: int, end_column: int) -> Range:
        return Range(self.position(line, column), self.position(end_line, end_column))

    def lines_range(self, first: int, last: int) -> Range:
        """From the beginning of a line to the end of another, without its line end; both from 1."""
        return Range(Position(first - 1, 0), Position(last - 1, self._units(self.line(last - 1))))

    # ------------------------------------------------------------ changes

    def edited(self, span: Range | None, text: str) -> DocumentText:
        """The text with another one in a range, or in place of all of it."""
        if span is None:
            return DocumentText(text, self.encoding)
        begin, end = sorted((self._offset(span.start), self._offset(span.end)))
        return DocumentText(self.text[:begin] + text + self.text[end:], self.encoding)

    def line_edit(self, edit: LineEdit) -> TextEdit:
        """The smallest edit of one stretch that changes a line, so that a cursor stays where it is."""
        old = self.line(edit.index)
        lead, new = self._lead(edit.index), old[: self._lead(edit.index)] + edit.text
        begin = _common_length(old, new)
        tail = _common_length(old[begin:][::-1], new[begin:][::-1])
        place = edit.index + 1
        where = self.range(place, begin - lead + 1, place, len(old) - tail - lead + 1)
        return TextEdit(where, new[begin : len(new) - tail])

    def line_edits(self, edits: Sequence[LineEdit]) -> list[TextEdit]:
        return [self.line_edit(edit) for edit in edits]

    # ------------------------------------------------------------ units

    def _lead(self, index: int) -> int:
        """The characters of a line that are not counted as columns: a byte order mark."""
        return int(index == 0 and self.text.startswith(_BYTE_ORDER_MARK))

    def _offset(self, position: Position) -> int:
        index, characters = self._inside(position)
        return self._starts[index] + characters

    def _inside(self, position: Position) -> tuple[int, int]:
        """The line of a position, from 0, and how many characters of it are before the position."""
        last = len(self._lines) - 1
        if position.line > last:
            return last, len(self.line(last))
        index = max(0, position.line)
        return index, _character_count(self.line(index), max(0, position.character), self.encoding)

    def _units(self, text: str) -> int:
        return _unit_count(text, self.encoding)


def _unit_count(text: str, encoding: str) -> int:
    if encoding == PositionEncodingKind.Utf32 or text.isascii():
        return len(text)
    if encoding == PositionEncodingKind.Utf8:
        return len(text.encode(errors="surrogatepass"))
    return len(text) + sum(character > "\uffff" for character in text)


def _character_count(text: str, units: int, encoding: str) -> int:
    """How many characters have so many units; one that is cut through does not count."""
    if encoding == PositionEncodingKind.Utf32 or text.isascii():
        return min(units, len(text))
    for count, character in enumerate(text):
        units -= _unit_count(character, encoding)
        if units < 0:
            return count
    return len(text)


def _common_length(one: str, other: str) -> int:
    """How many characters two texts have in common at their beginnings."""
    shorter = min(len(one), len(other))
    return next((index for index in range(shorter) if one[index] != other[index]), shorter)
