"""Where a `!` breaks the line of the score, as it did before ABC 2.0."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tuneloom.grammar.rules.basis.rule import RuleContext
from tuneloom.grammar.source.segments import is_music_line, key_line, split_music

__all__ = ["enclosing_bangs", "line_breaking_bangs"]

_NOTE = re.compile("[A-Ga-g]")
_DECLARED = re.compile(r"(?:I:|%%)\s*linebreak\b.*!")


def line_breaking_bangs(context: RuleContext) -> Iterator[tuple[int, list[int]]]:
    """The number of each line that has some, and their columns; none if I:linebreak declares them."""
    if "!" not in context.text or _DECLARED.search(context.text):
        return
    body = key_line(context.lines) + 1
    for number, line in enumerate(context.lines[body:], start=context.line + body):
        if "!" in line and is_music_line(line) and (columns := _bangs_in_line(line)):
            yield number, columns


def enclosing_bangs(line: str, columns: list[int]) -> list[tuple[int, int]]:
    """The columns of every two that have a note between them, which programs take for one decoration."""
    pairs = zip(columns[::2], columns[1::2], strict=False)
    return [(first, second) for first, second in pairs if _NOTE.search(line, first, second - 1)]


def _bangs_in_line(line: str) -> list[int]:
    columns: list[int] = []
    column = 1
    for index, piece in enumerate(split_music(line)):
        if index % 2 == 0:
            columns += [column + bang.start() for bang in re.finditer("!", piece)]
        column += len(piece)
    return columns
