"""Repairs of quoted text: chord symbols and annotations."""

from __future__ import annotations

from tuneloom.grammar.repairs.interface import Repair, substitution

__all__ = ["QUOTED_TEXT"]

QUOTED_TEXT = (
    Repair(
        "blank-chord-symbol", "blank-chord-symbol", 'a chord symbol `" "` says nothing',
        "quoted", substitution(r'^"\s*"$', ""), safe=False,  # abcjs ends the chord before it
    ),
    Repair(
        "chord-symbol", "chord-symbol", "text that no chord begins with is an annotation: `\"^p\"`",
        "quoted", substitution(r'^"(?=[^A-Ga-g(^_<>@"N])(?=[^"]*[^\s"])', '"^'),
    ),
)  # fmt: skip
