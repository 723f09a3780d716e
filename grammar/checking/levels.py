"""The levels of validity, and the codes that deny each: all that are known, those of extensions included."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from tuneloom.grammar.diagnostics.diagnostic import Diagnostic, Level
from tuneloom.grammar.diagnostics.explanations import SYNTAX_ERRORS
from tuneloom.grammar.parsing.result import ParseResult
from tuneloom.grammar.rules.basis.rule import RuleContext
from tuneloom.grammar.rules.catalogue import RULES

__all__ = [
    "CHECKED_LEVELS",
    "all_codes",
    "codes_of_collection",
    "codes_of_level",
    "levels_of",
    "levels_reached",
    "own_codes",
]

# The levels that a level requires besides its own codes: a tune may be metrical without being strict.
_REQUIRED: dict[Level, tuple[Level, ...]] = {
    "parseable": (),
    "strict": ("parseable",),
    "sound": ("parseable",),
    "metrical": ("parseable", "sound"),
}

CHECKED_LEVELS: tuple[Level, ...] = tuple(_REQUIRED)

# Codes of `strict` that whoever keeps a collection wants to know of, whatever its level.
_STRICT_OF_COLLECTION = frozenset({
    "bad-reference", "bang-pair", "duplicate-reference", "key-line", "lone-colon", "missing-reference",
    "missing-title", "no-note", "split-tune", "unknown-field",
})  # fmt: skip


def all_codes() -> frozenset[str]:
    """Every code that a check may find: those of syntax errors, and those of all registered rules."""
    return frozenset(SYNTAX_ERRORS).union(RULES.names)


def own_codes(level: Level) -> frozenset[str]:
    """The codes that belong to a level itself."""
    syntax = SYNTAX_ERRORS if level == "parseable" else ()
    return frozenset(syntax).union(rule.code for rule in RULES.values() if rule.level == level)


def codes_of_collection() -> frozenset[str]:
    """What whoever keeps a collection wants to know of: some codes of `strict`, and those of no level."""
    return _STRICT_OF_COLLECTION | own_codes("collection")


def codes_of_level(level: Level) -> frozenset[str]:
    """The codes that decide whether a tune reaches a level: its own and those of the levels it requires."""
    return own_codes(level).union(*map(own_codes, _REQUIRED[level]))


def levels_of(found: Iterable[Diagnostic]) -> tuple[Level, ...]:
    """The levels that a tune reaches, given its findings of all codes."""
    denied = {d.level for d in found if d.severity == "error"}
    return () if "parseable" in denied else _levels_without(denied)


def levels_reached(
    parsed: ParseResult, text: str, line: int = 1, *, rejoined: bool = False
) -> tuple[Level, ...]:
    """The `levels_of` what `run_rules` finds, whose arguments these are.

    It is faster: rules of a level that is denied already, and those that only warn, are not asked.
    """
    if not parsed.parseable:
        return ()
    resolved = parsed.resolved.text
    context = RuleContext(
        text, resolved, line, read=parsed, known_codes=all_codes, rejoined=rejoined
    )
    denied: set[Level] = set()
    for rule in RULES.values():
        # Only metrical asks for another level that rules decide, and those of `collection` never deny one.
        settled = rule.level in denied or (rule.level == "metrical" and "sound" in denied)
        if rule.severity == "error" and not settled and any(True for _ in rule.diagnose(context)):
            denied.add(rule.level)
    return _levels_without(denied)


def _levels_without(denied: Collection[Level]) -> tuple[Level, ...]:
    """The levels that are not denied, nor require one that is."""
    return tuple(
        level
        for level, required in _REQUIRED.items()
        if not any(each in denied for each in (level, *required))
    )
