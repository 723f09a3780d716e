"""Time: metres, unit note lengths, written lengths, tuplets and broken rhythm as exact fractions."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

__all__ = [
    "UNIT_LENGTHS", "broken_factors", "default_unit", "has_note_sign", "is_compound", "is_dyadic",
    "meter_fraction", "parse_length", "parse_unit", "tuplet_time",
]  # fmt: skip

ONE = Fraction(1)
UNIT_LENGTHS = frozenset(Fraction(1, 2**power) for power in range(10))
"""What L: usually says: 1, 1/2, 1/4 … 1/512 (3.1.7)."""

_DOTTED = frozenset({1, 3, 7, 15})  # numerators of a plain sign, and of one with up to three dots
MAX_SLASHES = 1024
"""So that no length is a number that takes long to compute with or to print."""


@lru_cache(maxsize=1024)
def meter_fraction(value: str) -> Fraction | None:
    """How long a bar is, in whole notes; None for a free metre (3.1.6)."""
    value = "".join(value.split())
    if value in ("C", "C|"):
        return ONE
    beats, slash, unit = value.partition("/")
    if not slash:
        return None
    return Fraction(sum(int(beat) for beat in beats.strip("()").split("+")), int(unit))


def is_compound(meter: str) -> bool:
    """Whether beats have three parts; for tuplets, 3/8 counts as compound too (4.13)."""
    beats, _, unit = "".join(meter.split()).partition("/")
    beats = beats.strip("()")
    return beats.isdigit() and int(beats) % 3 == 0 and unit == "8"


def default_unit(meter: str) -> Fraction:
    """Without L:, a metre below 3/4 has sixteenths, any other eighths (3.1.7)."""
    bar = meter_fraction(meter)
    return Fraction(1, 16) if bar is not None and bar < Fraction(3, 4) else Fraction(1, 8)


def parse_unit(value: str) -> Fraction:
    """The value of L:, such as `1/8` or `1`."""
    numerator, _, denominator = "".join(value.split()).partition("/")
    return Fraction(int(numerator), int(denominator or 1))


@lru_cache(maxsize=4096)
def parse_length(text: str) -> Fraction:
    """A written length in unit note lengths: `2`, `3/2`, `/` = 1/2, `//` = 1/4 (4.3).

    Slashes after `MAX_SLASHES` add nothing.
    """
    if not text:
        return ONE
    numerator, slash, rest = text.partition("/")
    top = int(numerator) if numerator else 1
    if not slash:
        return Fraction(top)
    if rest.isdigit():
        return Fraction(top, int(rest))
    return Fraction(top, 2 ** min(1 + len(rest), MAX_SLASHES))


@lru_cache(maxsize=16)
def broken_factors(direction: str, count: int) -> tuple[Fraction, Fraction]:
    """The factors of the notes before and after `>` or `<` (4.4): 3/2 and 1/2, 7/4 and 1/4 …"""
    short = Fraction(1, 2**count)
    return (2 - short, short) if direction == ">" else (short, 2 - short)


def is_dyadic(time: Fraction) -> bool:
    """Whether it is a whole number of halves, quarters, eighths and so on; parts of tuplets are none."""
    return time.denominator & (time.denominator - 1) == 0


def has_note_sign(duration: Fraction) -> bool:
    """Whether one note sign lasts so long, with up to three dots (4.3)."""
    numerator = duration.numerator
    if numerator <= 0 or not is_dyadic(duration):
        return False
    return numerator // (numerator & -numerator) in _DOTTED


def tuplet_time(p: int, meter: str) -> int:
    """The q of a tuplet `(p` that gives none (4.13)."""
    fixed = {2: 3, 3: 2, 4: 3, 6: 2, 8: 3}
    return fixed.get(p) or (3 if is_compound(meter) else 2)
