"""The qualities of chord symbols, of which a table may know only how they begin."""

from __future__ import annotations

from collections.abc import Container

from tuneloom.grammar.tune.quoted import ChordSymbol

__all__ = ["known_quality"]


def known_quality(symbol: ChordSymbol, known: Container[str]) -> str:
    """The longest known beginning of a chord's quality, which may be empty; parentheses do not count."""
    quality = symbol.quality.replace("(", "").replace(")", "")
    return next(begun for n in range(len(quality), -1, -1) if (begun := quality[:n]) in known)
