"""What a parse results in: a tune, or the reason why there is none."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Literal

from msgspec import Struct

from tuneloom.grammar.diagnostics.diagnostic import Diagnostic
from tuneloom.grammar.parsing.nodes import Tree
from tuneloom.grammar.source.resolver import Resolved

if TYPE_CHECKING:
    from tuneloom.grammar.bars.bar_division import DividedBars
    from tuneloom.grammar.tune.elements import Bar, Tune

__all__ = ["ParseFailure", "ParseResult", "ParsedTune"]


class ParsedTune(Struct, frozen=True, dict=True):
    """The tree of a tune, and the resolved text that it is the tree of; `text` is the source.

    The tune itself is built when it is first asked for. Two are equal if their tunes are.
    """

    tree: Tree
    resolved: Resolved
    text: str

    parseable: ClassVar[Literal[True]] = True
    diagnostics: ClassVar[tuple[Diagnostic, ...]] = ()

    @cached_property
    def tune(self) -> Tune:
        """The tune that the tree is read as."""
        # Most tunes that are checked are told to be fine without one.
        from tuneloom.grammar.parsing.builder import build_tune

        return build_tune(self.tree, self.resolved.directives, self.text)

    @cached_property
    def bars(self) -> DividedBars:
        """The bars of each voice with their times."""
        from tuneloom.grammar.bars.bar_division import divide_bars

        return divide_bars(self.tune)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ParsedTune) and self.tune == other.tune

    def __hash__(self) -> int:
        return hash(self.tune)

    def __repr__(self) -> str:
        return f"ParsedTune({self.tune!r})"

    def _repr_html_(self) -> str:
        return self.tune._repr_html_()

    def place(self, bar: Bar, index: int) -> tuple[int, int]:
        """The line and column in the source of a bar's element, or of the bar line after the last."""
        return self.resolved.place(bar.starts[index])


class ParseFailure(Struct, frozen=True):
    """What is wrong with a text that is not a tune: at least one diagnostic."""

    diagnostics: tuple[Diagnostic, ...]

    parseable: ClassVar[Literal[False]] = False

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        from tuneloom.grammar.parsing.notebook import diagnostics_html

        return diagnostics_html(self.diagnostics)


ParseResult = ParsedTune | ParseFailure
"""`parseable` tells them apart, to a reader and to a type checker."""
