"""The values of the fields that aids need: metre, unit note length and key."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from tuneloom.grammar.tune.durations import meter_fraction, parse_unit
from tuneloom.grammar.tune.key import fifths_of, has_signature, parse_key
from tuneloom.grammar.tune.pitch import LETTERS

__all__ = ["KeyPitches", "key_pitches", "meter_length", "unit_length"]


class KeyPitches(NamedTuple):
    """The tonic as a step (0 is C) and in semitones above C, and what the signature does to each step."""

    step: int
    semitones: int
    alterations: tuple[int, ...]


@lru_cache(maxsize=1024)
def meter_length(value: str) -> float | None:
    """The length of a bar in whole notes, 0 without one; None for nonsense."""
    if value.strip().lower() == "none":
        return 0.0
    try:
        length = float(meter_fraction(value) or 0)
    except (ValueError, ZeroDivisionError):
        return None
    return length if length > 0 else None


@lru_cache(maxsize=1024)
def unit_length(value: str) -> float | None:
    """The value of L: in whole notes; None for nonsense."""
    try:
        length = float(parse_unit(value))
    except (ValueError, ZeroDivisionError):
        return None
    return length if length > 0 else None


@lru_cache(maxsize=1024)
def key_pitches(value: str) -> KeyPitches | None:
    """The pitches of a key, those of C major if it has no tonic; None if the value sets no signature."""
    if not has_signature(value):
        return None
    key = parse_key(value)
    altered = dict(key.alterations)
    alterations = tuple(altered.get(letter, 0) for letter in LETTERS)
    if not key.tonic:
        return KeyPitches(0, 0, alterations)
    step = LETTERS.index(key.tonic[0])
    return KeyPitches(step, 7 * fifths_of(key.tonic) % 12, alterations)
