"""A rule: a code, the level that it belongs to, and a function from a tune to its violations.

A rule's module docstring is its page: what it finds, why that is bad, an example, and how it is repaired.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from tuneloom.grammar.diagnostics.diagnostic import Diagnostic, Level, Severity, Span
from tuneloom.grammar.parsing.nodes import Token
from tuneloom.grammar.parsing.result import ParsedTune
from tuneloom.grammar.tune.elements import Bar, Tune

__all__ = ["Rule", "RuleContext", "Violation"]


@dataclass(frozen=True)
class RuleContext:
    """What a rule looks at: a parsed tune and its source.

    `text` is the source of the tune, which begins at line `line` of its file; `references` has the X:
    numbers of the tunes before it in the file, each with its line. `known_codes` gives the codes that
    there are, those of all rules included. `rejoined` is that of `BookTune`. `music_before` has the
    `written_music` of the tunes before it in the file, each with the line of the first that has it.
    """

    parsed: ParsedTune
    text: str
    line: int = 1
    references: Mapping[str, int] = field(default_factory=dict)
    known_codes: Callable[[], frozenset[str]] = frozenset
    rejoined: bool = False
    music_before: Mapping[str, int] = field(default_factory=dict)

    @property
    def tune(self) -> Tune:
        return self.parsed.tune

    @cached_property
    def lines(self) -> list[str]:
        """The source, line by line: `lines[0]` is line `line` of the file."""
        return self.text.removesuffix("\n").split("\n")

    @cached_property
    def characters(self) -> frozenset[str]:
        """The characters of the resolved text: many rules are about signs that most tunes lack."""
        return frozenset(self.parsed.resolved.text)

    @cached_property
    def tokens(self) -> list[Token]:
        """The terminals of the resolved text in order; `start` is an offset in it."""
        return list(self.parsed.tree.tokens())

    @property
    def header_tokens(self) -> list[Token]:
        """Those of the header, the first K: included."""
        key = next(i for i, token in enumerate(self.tokens) if token.type == "KEY_FIELD")
        return self.tokens[: key + 1]

    def span(self, start: int, end: int) -> Span:
        """The place in the source of a stretch of resolved text."""
        line, column = self.parsed.resolved.place(start)
        end_line, end_column = self.parsed.resolved.place(max(start, end - 1))
        return Span(line, column, end_line, end_column + 1)

    def element_span(self, bar: Bar, index: int) -> Span:
        """The place of a bar's element, up to the next one, or of the bar line after the last."""
        start = bar.starts[index]
        end = bar.starts[index + 1] if index + 1 < len(bar.starts) else start + 1
        return self.span(start, end)


@dataclass(frozen=True, slots=True)
class Violation:
    """One place where a tune breaks a rule; `help` replaces that of the rule, if there is a better one."""

    span: Span
    message: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that may be wrong with a tune that is parseable.

    A violation of severity `error` denies the tune the rule's level; a `warning` does not. Those of
    `collection` are all warnings. A tune without any of the `signs` cannot break the rule, and is not
    looked at.
    """

    code: str
    level: Level
    check: Callable[[RuleContext], Iterable[Violation]]
    help: str
    doc: str
    severity: Severity = "error"
    signs: str = ""

    def diagnose(self, context: RuleContext) -> Iterator[Diagnostic]:
        if self.signs and context.characters.isdisjoint(self.signs):
            return
        for found in self.check(context):
            help_ = found.help or self.help
            yield Diagnostic(self.code, self.level, self.severity, found.message, help_, found.span)
