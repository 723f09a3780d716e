"""The levels of validity, and the codes that deny each: all that are known, those of extensions included."""

from __future__ import annotations

from collections.abc import Iterable

from tuneloom.grammar.diagnostics.diagnostic import Diagnostic, Level
from tuneloom.grammar.diagnostics.explanations import SYNTAX_ERRORS
from tuneloom.grammar.rules.catalogue import RULES

__all__ = [
    "CHECKED_LEVELS",
    "all_codes",
    "codes_of_collection",
    "codes_of_level",
    "levels_of",
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
    if "parseable" in denied:
        return ()
    return tuple(
        level for level, required in _REQUIRED.items() if denied.isdisjoint({level, *required})
    )
