"""A rule: a code, the level that it belongs to, and a function from a tune to its violations.

A rule's module docstring is its page: what it finds, why that is bad, an example, and how it is repaired.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar, cast

from msgspec import Struct, field

from tuneloom.grammar.diagnostics.diagnostic import Diagnostic, Level, Severity, Span
from tuneloom.grammar.parsing.nodes import Token
from tuneloom.grammar.parsing.parser import parse_resolved
from tuneloom.grammar.parsing.result import ParsedTune
from tuneloom.grammar.source.resolver import Resolved, resolve_tune
from tuneloom.grammar.source.segments import split_header
from tuneloom.grammar.tune.elements import Bar, Tune

if TYPE_CHECKING:
    from tuneloom.grammar.rules.basis.plain_music import Aspect

__all__ = ["Rule", "RuleContext", "Violation"]

T = TypeVar("T")


class RuleContext(Struct, frozen=True, dict=True):
    """What a rule looks at: a parseable tune and its source, parsed when a rule first asks for it.

    `text` is the source of the tune, which begins at line `line` of its file, and `resolved_text` what is
    parsed of it; `read` is the tune itself, if it was parsed before, or that text with the way back to the
    source, if it was resolved. `references` has the X: numbers of the tunes before it in the file, each with
    its line. `known_codes` gives the codes that there are, those of all rules included. `rejoined` is that
    of `BookTune`. `music_before` has the `written_music` of the tunes before it in the file, each with the
    line of the first that has it.
    """

    text: str
    resolved_text: str
    line: int = 1
    file_header: str = ""
    read: ParsedTune | Resolved | None = None
    references: Mapping[str, int] = field(default_factory=dict)
    known_codes: Callable[[], frozenset[str]] = frozenset
    rejoined: bool = False
    music_before: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def parsed(self) -> ParsedTune:
        if isinstance(self.read, ParsedTune):
            return self.read
        return ParsedTune(parse_resolved(self.resolved_text), self.resolved, self.text)

    @cached_property
    def resolved(self) -> Resolved:
        """The resolved text with the way back to the source, for which no tree is needed."""
        if isinstance(self.read, ParsedTune):
            return self.read.resolved
        return self.read or resolve_tune(self.text, self.line, self.file_header)

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
        return frozenset(self.resolved_text)

    @cached_property
    def plain(self) -> frozenset[Aspect]:
        """In what the music is so plain that rules about it need not be begun."""
        # Imported here: whoever asks for the grammar alone does not need it.
        from tuneloom.grammar.rules.basis.plain_music import plain_aspects

        return plain_aspects(self.resolved_text)

    @cached_property
    def tokens(self) -> list[Token]:
        """The terminals of the resolved text in order; `start` is an offset in it."""
        return list(self.parsed.tree.tokens())

    @cached_property
    def header_tokens(self) -> list[Token]:
        """Those of the header, the first K: included, for which the music need not be parsed."""
        if isinstance(self.read, ParsedTune):
            tokens = self.read.tree.tokens()
        else:
            header, _ = split_header(self.resolved_text)
            tokens = parse_resolved(header).tokens()
        found: list[Token] = []
        for token in tokens:
            found.append(token)
            if token.type == "KEY_FIELD":
                break
        return found

    @cached_property
    def _computed(self) -> dict[object, object]:
        return {}

    def shared(self, compute: Callable[[RuleContext], T]) -> T:
        """What several rules look at, computed when the first of them asks for it."""
        if compute not in self._computed:
            self._computed[compute] = compute(self)
        return cast(T, self._computed[compute])

    def span(self, start: int, end: int) -> Span:
        """The place in the source of a stretch of resolved text."""
        line, column = self.resolved.place(start)
        end_line, end_column = self.resolved.place(max(start, end - 1))
        return Span(line, column, end_line, end_column + 1)

    def element_span(self, bar: Bar, index: int) -> Span:
        """The place of a bar's element, up to the next one, or of the bar line after the last."""
        start = bar.starts[index]
        end = bar.starts[index + 1] if index + 1 < len(bar.starts) else start + 1
        return self.span(start, end)


class Violation(Struct, frozen=True):
    """One place where a tune breaks a rule; `help` replaces that of the rule, if there is a better one."""

    span: Span
    message: str
    help: str = ""


class Rule(Struct, frozen=True):
    """One thing that may be wrong with a tune that is parseable.

    A violation of severity `error` denies the tune the rule's level; a `warning` does not. Those of
    `collection` are all warnings. A tune without any of the `signs` cannot break the rule, nor can music
    break one about an `aspect` in which it is plain (`plain_music`); such tunes are not looked at.
    """

    code: str
    level: Level
    check: Callable[[RuleContext], Iterable[Violation]]
    help: str
    doc: str
    severity: Severity = "error"
    signs: str = ""
    aspect: Aspect | None = None

    def diagnose(self, context: RuleContext) -> Iterator[Diagnostic]:
        if self.signs and context.characters.isdisjoint(self.signs):
            return
        if self.aspect and self.aspect in context.plain:
            return
        for found in self.check(context):
            help_ = found.help or self.help
            yield Diagnostic(self.code, self.level, self.severity, found.message, help_, found.span)
