"""Source lines on a terminal, with carets under a place, cut to the width that there is."""

from __future__ import annotations

import shutil

from tuneloom.cli.text.tune_names import printable
from tuneloom.grammar.diagnostics.diagnostic import Span, snippet, terminal_columns

__all__ = ["snippet_at", "snippet_of", "terminal_width"]

_WIDTH = 108  # where the output is no terminal
_LEAST_WIDTH = 40
_MARGIN = len("      | ")
_CUT = "…"


def terminal_width() -> int:
    """The columns of the terminal, or of COLUMNS; 108 where the output goes elsewhere."""
    return max(_LEAST_WIDTH, shutil.get_terminal_size((_WIDTH, 24)).columns)


def snippet_at(line: str, number: int, column: int) -> str:
    """A line of a file with a caret under a column; a long line is cut to fit."""
    return snippet_of(line, Span(number, column, number, column + 1))


def snippet_of(line: str, span: Span) -> str:
    """A line of a file with carets under a place; a long line is cut around it to fit."""
    room = terminal_width() - _MARGIN
    line = printable(line)
    end = span.end_column
    if span.end_line > span.line:  # up to the end of its first line
        end = len(line.rstrip()) + 1
    first, last = _window(line, span.column - 1, room)
    lead, trail = _CUT if first else "", _CUT if last < len(line) else ""
    column = span.column - first + len(lead)
    end = max(column + 1, min(end - first + len(lead), last - first + len(lead) + 1))
    shown = Span(span.line, column, span.line, end)
    return snippet(f"{lead}{line[first:last]}{trail}", shown)


def _window(line: str, place: int, room: int) -> tuple[int, int]:
    """The part of a line around an index that fits, with marks where it is cut."""
    if terminal_columns(line) <= room:
        return 0, len(line)
    room -= 2 * len(_CUT)
    last = place + _characters_in(line[place:], room // 2)
    left = room - terminal_columns(line[place:last])
    first = place - _characters_in(line[:place][::-1], left)
    right = room - terminal_columns(line[first:last])
    return first, last + _characters_in(line[last:], right)


def _characters_in(text: str, room: int) -> int:
    """How many characters at the beginning of a text take no more than so many columns."""
    used = 0
    for count, char in enumerate(text):
        used += terminal_columns(char)
        if used > room:
            return count
    return len(text)
