"""The values that fields may have: rhythms, metres, unit note lengths and keys, as far as they can be spelt.

They are lists, so that each can be written to its end once it has begun.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from tuneloom.corpus.training_text.rhythms import RHYTHMS
from tuneloom.grammar.tune.durations import meter_fraction, parse_unit
from tuneloom.grammar.tune.key import parse_key
from tuneloom.model.constraints.metre.lengths import Lengths
from tuneloom.model.constraints.metre.state import TICKS, UNTIMED

__all__ = ["Words", "unit_ticks", "whole_ticks"]

_LARGEST_METRE = 4 * TICKS
_NO_METRE = "none"
_METRES = (
    _NO_METRE,
    *(f"{beats}/{unit}" for unit in (1, 2, 4, 8, 16) for beats in range(1, 17)),
)
_UNITS = ("1/1", "1/2", "1/4", "1/8", "1/16", "1/32")
_KEYS = (
    "none",
    *(
        f"{letter}{sign}{mode}"
        for letter in "ABCDEFG"
        for sign in ("", "#", "b")
        for mode in ("", "m", "dor", "mix", "phr", "lyd", "loc")
    ),
)


def whole_ticks(metre: str) -> int:
    """How long a bar is, or `UNTIMED`."""
    return int((meter_fraction(metre) or 0) * TICKS)


def unit_ticks(unit: str) -> int:
    return int(parse_unit(unit) * TICKS)


class Words:
    """The values that can be spelt, those of M: and L: only together with one another."""

    def __init__(self, characters: str, lengths: Lengths) -> None:
        known = set(characters)

        def spelt(words: Iterable[str]) -> tuple[str, ...]:
            return tuple(word for word in words if set(word) <= known)

        self._lengths = lengths
        self._units = spelt(_UNITS)
        self._metres = tuple(m for m in spelt(_METRES) if whole_ticks(m) <= _LARGEST_METRE)
        self.keys = tuple(key for key in spelt(_KEYS) if _is_usual(key))
        self.rhythms = spelt(sorted(RHYTHMS))
        self.metres = cache(self._metres_for)
        self.units = cache(self._units_for)

    def longest_fill(self) -> int:
        """The most characters that a bar, or what is left of one, can ask for."""
        pairs = ((whole_ticks(m), unit_ticks(u)) for m in self._metres for u in self._units)
        return max((self._lengths.most(whole, unit) for whole, unit in pairs), default=0)

    def _metres_for(self, unit: int, pickup: int) -> tuple[str, ...]:
        """The metres whose bars this unit note length fills; with 0, those that some unit fills."""
        if unit == 0:
            return tuple(m for m in self._metres if self.units(whole_ticks(m), 0))
        wholes = ((m, whole_ticks(m)) for m in self._metres)
        return tuple(m for m, whole in wholes if self._fills(whole, pickup, unit))

    def _units_for(self, whole: int, pickup: int) -> tuple[str, ...]:
        return tuple(u for u in self._units if self._fills(whole, pickup, unit_ticks(u)))

    def _fills(self, whole: int, pickup: int, unit: int) -> bool:
        """Whether notes of the unit fill a bar, and one that leaves room for the pickup."""
        is_filled = whole == UNTIMED or (pickup < whole and self._lengths.fills(whole, unit))
        return is_filled and self._lengths.fills(pickup, unit)


def _is_usual(key: str) -> bool:
    """Whether no letter is altered twice, as in a key of eight sharps."""
    return all(abs(alter) == 1 for _, alter in parse_key(key).alterations)
