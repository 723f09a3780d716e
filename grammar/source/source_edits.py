"""Edits of the source of a tune, at places that are given in its resolved text."""

from __future__ import annotations

from collections import defaultdict

from msgspec import Struct, field

from tuneloom.grammar.source.resolver import Resolved

__all__ = ["FIRST_LINE", "SourceEdits"]

FIRST_LINE = 1_000_000
"""The line that a tune's own lines are resolved from: far from those of the file header."""


class SourceEdits(Struct):
    """The lines of a tune, resolved from `FIRST_LINE`, and what is to be replaced in them."""

    lines: list[str]
    resolved: Resolved
    _edits: dict[int, list[tuple[int, int, str]]] = field(default_factory=lambda: defaultdict(list))

    def replace(self, offset: int, written: str, spelling: str) -> bool:
        """Replace what is written at an offset of the resolved text.

        False if the source does not have it as it is, but as a macro or in the file header.
        """
        line, column = self.resolved.place(offset)
        index, start = line - FIRST_LINE, column - 1
        end = start + len(written)
        if index < 0 or self.lines[index][start:end] != written:
            return False
        if spelling != written:
            self._edits[index].append((start, end, spelling))
        return True

    def edited_lines(self) -> list[str]:
        """The lines with all edits made."""
        lines = list(self.lines)
        for index, edits in self._edits.items():
            pieces: list[str] = []
            done = 0
            for start, end, spelling in sorted(edits):
                pieces += lines[index][done:start], spelling
                done = end
            lines[index] = "".join(pieces) + lines[index][done:]
        return lines
