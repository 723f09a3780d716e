"""Edits to the source of real tunes, placed by the tokens of the text that the parser reads."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from tuneloom.corpus.record import RawTune
from tuneloom.grammar.parsing.nodes import Token
from tuneloom.grammar.source.resolver import Resolved

__all__ = ["CleanTune", "SourceEdit", "apply_edit", "taking_turns"]


@dataclass(frozen=True, slots=True)
class SourceEdit:
    """A replacement in the source text, in one line; `line` and `column` count from 1."""

    line: int
    column: int
    removed: int
    inserted: str


@dataclass(frozen=True, slots=True)
class CleanTune:
    """A tune that the grammar accepts: its source, its resolved text and the tokens of the latter."""

    source: str
    resolved: Resolved
    tokens: list[Token]

    def edit(self, offset: int, removed: int, inserted: str) -> Iterator[SourceEdit]:
        """The edit at an offset of the resolved text, if the source has the same character there."""
        line, column = self.resolved.place(offset)
        here = (self.source.split("\n")[line - 1] + "\n")[column - 1 : column]
        if here == self.resolved.text[offset] or self.resolved.text[offset] == "\n":
            yield SourceEdit(line, column, removed, inserted)

    def of(self, *kinds: str) -> Iterator[tuple[int, str]]:
        """The offset and text of each token of these kinds."""
        return ((t.start, str(t)) for t in self.tokens if t.type in kinds)


def apply_edit(text: str, edit: SourceEdit) -> str:
    lines = text.split("\n")
    line, at = lines[edit.line - 1], edit.column - 1
    lines[edit.line - 1] = line[:at] + edit.inserted + line[at + edit.removed :]
    return "\n".join(lines)


def taking_turns(tunes: list[RawTune], randomly: random.Random) -> list[RawTune]:
    """All tunes in random order, with the collections taking turns as long as they last."""
    randomly.shuffle(tunes)
    turns: dict[str, int] = {}
    order = []
    for index, tune in enumerate(tunes):
        turns[tune.source] = turns.get(tune.source, 0) + 1
        order.append((turns[tune.source], index))
    return [tunes[index] for _, index in sorted(order)]
