"""One tune -> everything that is wrong with it, by the grammar and by the rules beyond syntax."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from tuneloom.grammar.diagnostics.diagnostic import Diagnostic, Level
from tuneloom.grammar.diagnostics.explanations import SYNTAX_ERRORS
from tuneloom.grammar.diagnostics.suppressions import silence_of
from tuneloom.grammar.parsing.parser import Parsed, parse
from tuneloom.grammar.repairs import repair
from tuneloom.grammar.rules import RULES, Subject

__all__ = [
    "ALL_CODES", "CHECKED_LEVELS", "check", "codes_of_level", "examine", "levels_of", "own_codes",
]  # fmt: skip

ALL_CODES = frozenset(SYNTAX_ERRORS) | {rule.code for rule in RULES}

# The levels that a level asks for besides its own: a tune may be metrical without being strict.
_INCLUDED: dict[Level, tuple[Level, ...]] = {
    "parseable": (),
    "strict": ("parseable",),
    "sound": ("parseable",),
    "metrical": ("parseable", "sound"),
}


CHECKED_LEVELS: tuple[Level, ...] = tuple(_INCLUDED)


def own_codes(level: Level) -> frozenset[str]:
    """The codes that belong to a level itself."""
    rules = {rule.code for rule in RULES if rule.level == level}
    return frozenset(SYNTAX_ERRORS) if level == "parseable" else frozenset(rules)


def codes_of_level(level: Level) -> frozenset[str]:
    """The codes that say whether a tune reaches a level: its own, and those of what it asks for."""
    return own_codes(level).union(*map(own_codes, _INCLUDED[level]))


def check(
    text: str,
    line: int = 1,
    file_header: str = "",
    codes: Collection[str] = ALL_CODES,
    references: Mapping[str, int] | None = None,
) -> tuple[Diagnostic, ...]:
    """Find what is wrong with one tune, as `codes` asks, in the order of the places.

    `references` has the X: numbers of the tunes before it in the file, each with its line. A tune that
    is not parseable has one finding, since no rule can look at it. Comments in the tune may silence codes.
    """
    found = examine(parse(text, line, file_header), text, line, codes, references)
    silence = silence_of(text, line)
    wanted = [d for d in found if d.code in codes and not silence.covers(d)]
    if not wanted:
        return ()
    repaired = repair(text, line, file_header).codes
    return tuple(
        replace(d, repairable=d.code in repaired)
        for d in sorted(wanted, key=lambda d: (d.line, d.column, d.code))
    )


def examine(
    parsed: Parsed,
    text: str,
    line: int = 1,
    codes: Collection[str] = ALL_CODES,
    references: Mapping[str, int] | None = None,
) -> tuple[Diagnostic, ...]:
    """What the grammar said of a tune or, if it took it, what the rules of `codes` say."""
    if parsed.tune is None or parsed.tree is None:
        return parsed.diagnostics
    subject = Subject(parsed.tune, parsed.tree, text, line, references or {})
    return tuple(d for rule in RULES if rule.code in codes for d in rule.diagnose(subject))


def levels_of(found: Iterable[Diagnostic]) -> tuple[Level, ...]:
    """The levels of validity that a tune with these findings, of all codes, reaches."""
    denied = {d.level for d in found if d.severity == "error"}
    if "parseable" in denied:
        return ()
    return tuple(
        level for level, included in _INCLUDED.items() if denied.isdisjoint({level, *included})
    )
