"""Tempo: the value of Q: as beats, their number in a minute, and words (3.1.8, 10.1)."""

from __future__ import annotations

import re
from fractions import Fraction

from msgspec import Struct

__all__ = ["Tempo", "parse_tempo"]

_WORDS = re.compile(r'"([^"]*)"')
_BEAT = re.compile(r"([0-9]+)/([0-9]+)")
_UNITS = re.compile(r"[A-Ga-g]([0-9]*)(?:/([0-9]+)|(/*))")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")


class Tempo(Struct, frozen=True):
    """`"Allegro" 1/4 3/8=40`: beats in whole notes, how often they come in a minute, and words.

    `beats` is empty where the field names none, as in `Q:120`; `per_minute` is None where there are only
    words.
    """

    beats: tuple[Fraction, ...] = ()
    per_minute: Fraction | None = None
    words: str = ""


def parse_tempo(value: str, unit: Fraction) -> Tempo:
    """Read the value of a Q: field; in `Q:C3=40` the beat is three unit note lengths (10.1)."""
    words = " ".join(words.strip() for words in _WORDS.findall(value)).strip()
    beats, equals, number = _WORDS.sub(" ", value).rpartition("=")
    found = _NUMBER.search(number)
    per_minute = Fraction(found[0]) if found else None
    return Tempo(_parse_beats(beats, unit) if equals else (), per_minute, words)


def _parse_beats(text: str, unit: Fraction) -> tuple[Fraction, ...]:
    if units := _UNITS.match(text.strip()):
        top, bottom, slashes = units.groups("")
        return (unit * Fraction(int(top or 1), int(bottom or 2 ** len(slashes))),)
    return tuple(Fraction(int(top), int(bottom)) for top, bottom in _BEAT.findall(text))
