"""The values that fields may have: the rhythms, metres, unit note lengths and keys that can be spelt.

They are listed in full, so that each can be completed once it has begun.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from tuneloom.corpus.training_text.rhythms import RHYTHMS
from tuneloom.grammar.tune.durations import meter_fraction, parse_unit
from tuneloom.grammar.tune.key import parse_key
from tuneloom.model.constraints.metre.note_lengths import NoteLengths
from tuneloom.model.constraints.metre.state import TICKS, UNTIMED

__all__ = ["FieldValues", "bar_ticks", "unit_ticks"]

_MAX_BAR_TICKS = 4 * TICKS
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


def bar_ticks(metre: str) -> int:
    """The length of a bar in ticks, or `UNTIMED`."""
    return int((meter_fraction(metre) or 0) * TICKS)


def unit_ticks(unit: str) -> int:
    return int(parse_unit(unit) * TICKS)


class FieldValues:
    """The values that can be spelt with these characters; those of M: and L: depend on each other."""

    def __init__(self, characters: str, lengths: NoteLengths) -> None:
        known = set(characters)

        def spelt(words: Iterable[str]) -> tuple[str, ...]:
            return tuple(word for word in words if set(word) <= known)

        self._lengths = lengths
        self._units = spelt(_UNITS)
        self._metres = tuple(m for m in spelt(_METRES) if bar_ticks(m) <= _MAX_BAR_TICKS)
        self.keys = tuple(key for key in spelt(_KEYS) if _is_usual(key))
        self.rhythms = spelt(sorted(RHYTHMS))
        self.metres = cache(self._metres_for)
        self.units = cache(self._units_for)

    def max_fill(self) -> int:
        """The most characters that a bar, or what is left of one, can need."""
        pairs = ((bar_ticks(m), unit_ticks(u)) for m in self._metres for u in self._units)
        return max((self._lengths.most(bar_length, unit) for bar_length, unit in pairs), default=0)

    def _metres_for(self, unit: int, pickup: int) -> tuple[str, ...]:
        """The metres whose bars this unit note length (in ticks) can fill; with 0, any unit."""
        if unit == 0:
            return tuple(m for m in self._metres if self.units(bar_ticks(m), 0))
        wholes = ((m, bar_ticks(m)) for m in self._metres)
        return tuple(m for m, bar_length in wholes if self._fills(bar_length, pickup, unit))

    def _units_for(self, bar_length: int, pickup: int) -> tuple[str, ...]:
        return tuple(u for u in self._units if self._fills(bar_length, pickup, unit_ticks(u)))

    def _fills(self, bar_length: int, pickup: int, unit: int) -> bool:
        """Whether notes of this unit can fill a bar, and the rest of one after the pickup."""
        is_filled = bar_length == UNTIMED or (
            pickup < bar_length and self._lengths.fills(bar_length, unit)
        )
        return is_filled and self._lengths.fills(pickup, unit)


def _is_usual(key: str) -> bool:
    """Whether no letter is altered twice, as it would be in a key of eight sharps."""
    return all(abs(alter) == 1 for _, alter in parse_key(key).alterations)
