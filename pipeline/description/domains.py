"""The values that features may have, for the schema."""

from __future__ import annotations

from tuneloom.corpus.training_text.rhythms import RHYTHMS
from tuneloom.grammar.checking.levels import CHECKED_LEVELS
from tuneloom.grammar.tune.key import MODES

__all__ = ["DOMAINS", "MINIMA"]

_TONICS = (f"{letter}{alteration}" for letter in "ABCDEFG" for alteration in ("", "#", "b"))

DOMAINS: dict[str, tuple[str, ...]] = {
    "rhythm": ("", *sorted(RHYTHMS)),
    "tonic": ("", *_TONICS),
    "mode": ("", *sorted(MODES), "exp"),
    "levels": CHECKED_LEVELS,
}
"""The texts of a feature, where they are known beforehand. A source's own metre, say, is not."""

MINIMA = {"offset": 0, "bars": 0, "notes": 1}
"""The least value of each number."""
