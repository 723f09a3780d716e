"""The text of a tune as the page shows it, and the places of findings and notes in it.

A page counts in UTF-16, as browsers do, and has each tune with the fields that its file gives to all tunes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import accumulate

__all__ = ["FIRST_LINE", "ShownText"]

FIRST_LINE = 1_000_001
"""The line at which tunes are said to begin, so that no line of a file header has a number from here on."""

_BASIC_PLANE = "\uffff"


@dataclass(frozen=True, slots=True)
class ShownText:
    """A text, of which the lines from `inserted_at` (from 0) to `inserted_to` are those of a file header."""

    text: str
    inserted_at: int
    inserted_to: int
    _lines: tuple[int, ...] = field(repr=False)
    _units: tuple[int, ...] | None = field(repr=False)

    @classmethod
    def of(cls, tune: str, file_header: str = "") -> ShownText:
        """The text of a tune with the file header after X:, where the grammar reads it."""
        lines = tune.split("\n")
        header = file_header.rstrip("\n").split("\n") if file_header.strip() else []
        at = int(lines[0].startswith("X:"))
        text = "\n".join([*lines[:at], *header, *lines[at:]])
        starts = accumulate((len(line) + 1 for line in text.split("\n")), initial=0)
        units = accumulate((1 + (char > _BASIC_PLANE) for char in text), initial=0)
        narrow = text.isascii() or max(text) <= _BASIC_PLANE
        return cls(text, at, at + len(header), tuple(starts), None if narrow else tuple(units))

    def unit_at(self, line: int, column: int) -> int:
        """The offset in UTF-16 of a place that was found when the tune began at `FIRST_LINE`."""
        row = line - 1 + self.inserted_at  # of the header
        if line >= FIRST_LINE:
            row = line - FIRST_LINE
            row += (self.inserted_to - self.inserted_at) * (row >= self.inserted_at)
        row = min(row, len(self._lines) - 2)
        return self._in_units(min(self._lines[row] + column - 1, self._lines[row + 1] - 1))

    def unit_of_offset(self, offset: int) -> int:
        """The offset in UTF-16 of a character of the tune's own text."""
        start, end = self._lines[self.inserted_at], self._lines[self.inserted_to]
        return self._in_units(offset if offset < start else offset + end - start)

    def _in_units(self, offset: int) -> int:
        offset = max(0, min(offset, len(self.text)))
        return self._units[offset] if self._units else offset
