"""Passages: the texts that are read as tunebooks of their own."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Passage"]


@dataclass(frozen=True, slots=True)
class Passage:
    """A whole file, a text between two marks in it, or the tune of a row of a table.

    `data` begins at byte `offset` and on line `line` of the file. In a table, `row` is the number of the row,
    and offsets are those in the text of the row. Unless `in_lines`, all lines of the text are on that one
    line of the file. `repairs` are the codes of what was done to get to the text.
    """

    data: bytes
    offset: int = 0
    line: int = 1
    row: int = 0
    in_lines: bool = True
    repairs: tuple[str, ...] = ()
