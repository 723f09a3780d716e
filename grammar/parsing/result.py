"""What a parse results in: a tune, or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, Literal

from tuneloom.grammar.bars.bar_division import DividedBars, divide_bars
from tuneloom.grammar.diagnostics.diagnostic import Diagnostic
from tuneloom.grammar.parsing.nodes import Tree
from tuneloom.grammar.source.resolver import Resolved
from tuneloom.grammar.tune.elements import Bar, Tune

__all__ = ["ParseFailure", "ParseResult", "ParsedTune"]


@dataclass(frozen=True, slots=True)
class ParsedTune:
    """A tune, the tree that it was built from, and the resolved text that it is the tree of."""

    tune: Tune
    tree: Tree = field(compare=False, repr=False)
    resolved: Resolved = field(compare=False, repr=False)
    _bars: list[DividedBars] = field(default_factory=list, init=False, compare=False, repr=False)

    parseable: ClassVar[Literal[True]] = True
    diagnostics: ClassVar[tuple[Diagnostic, ...]] = ()

    def _repr_html_(self) -> str:
        return self.tune._repr_html_()

    @property
    def bars(self) -> DividedBars:
        """The bars of each voice with their times, computed when they are first asked for."""
        if not self._bars:
            self._bars.append(divide_bars(self.tune))
        return self._bars[0]

    def place(self, bar: Bar, index: int) -> tuple[int, int]:
        """The line and column in the source of a bar's element, or of the bar line after the last."""
        return self.resolved.place(bar.starts[index])


@dataclass(frozen=True, slots=True)
class ParseFailure:
    """What is wrong with a text that is not a tune: at least one diagnostic."""

    diagnostics: tuple[Diagnostic, ...]

    parseable: ClassVar[Literal[False]] = False

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        from tuneloom.grammar.parsing.notebook import diagnostics_html

        return diagnostics_html(self.diagnostics)


ParseResult = ParsedTune | ParseFailure
"""`parseable` tells them apart, to a reader and to a type checker."""
