"""A tune whose marks are spoiled one at a time, and what each such change to its source is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.support.edits import CleanTune, SourceEdit
from tuneloom.grammar.parsing.nodes import Token
from tuneloom.grammar.tune.elements import Tune

__all__ = ["MarkedTune", "SpoiledTune"]

LineColumn = tuple[int, int]


@dataclass(frozen=True, slots=True)
class SpoiledTune:
    """An edit, and the stretches of the source, from (line, column) to (line, column), that are in place."""

    edit: SourceEdit
    places: tuple[tuple[LineColumn, LineColumn], ...]


class MarkedTune:
    """A tune of one voice whose marks can be spoiled: its tokens, and which bar holds them."""

    def __init__(self, clean: CleanTune, tune: Tune) -> None:
        self.clean = clean
        self.tune = tune
        self.bar_lines = [t for t in clean.tokens if t.type == "BAR_LINE"]

    def bars_around(self, offset: int) -> tuple[int, int]:
        """Start and end of the bar that holds an offset; of both bars beside it, for a bar line."""
        before = [t.start for t in self.bar_lines if t.start + len(t) <= offset]
        after = [t.start + len(t) for t in self.bar_lines if t.start > offset]
        return before[-1] if before else 0, after[0] if after else len(self.clean.resolved.text)

    def spoil(
        self, offset: int, removed: int, inserted: str, *partners: Token
    ) -> Iterator[SpoiledTune]:
        """The edit at an offset; a finding is in place in the bar of it or at one of the partners."""
        marks = [(t.start, t.start + len(t)) for t in partners]
        for edit in self.clean.edit(offset, removed, inserted):
            place = self.clean.resolved.place
            stretches = (self.bars_around(offset), *marks)
            yield SpoiledTune(
                edit, tuple((place(start), place(end - 1)) for start, end in stretches)
            )
