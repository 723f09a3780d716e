"""Transposes a training text by fifths, and spells it as the new key requires."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from tuneloom.grammar.canonical.elements import spell_key
from tuneloom.grammar.tune.key import Key, parse_key
from tuneloom.grammar.tune.pitch import (
    ACCIDENTAL_PATTERN,
    ACCIDENTALS,
    ALTERATIONS,
    LETTERS,
    PITCH_PATTERN,
    Unspellable,
    degree_of,
    spell_degree,
    transposed_letter,
    transposed_tonic,
)
from tuneloom.grammar.tune.quoted import transposed_chord_symbol

__all__ = ["sharps_in_key", "transpose", "transposed_key"]

_MIN_DEGREE, _MAX_DEGREE = degree_of("G,"), degree_of("d'")
"""G below middle C and D two octaves above it: what a fiddle plays without shifting far."""

_HEADER = re.compile(r"(?P<before>(?:[A-JL-Z]:.*\n)*)K:(?P<key>.*)\n")
_MUSIC_PART = re.compile(
    rf"\"[^\"\n]*\"|![^!\n]*!|\[[A-Za-z]:[^\]\n]*\]|({ACCIDENTAL_PATTERN})?({PITCH_PATTERN})"
)


def sharps_in_key(text: str) -> int | None:
    """The sharps of a training text's key signature, flats below zero; None where it has no key."""
    header = _HEADER.match(text)
    key = parse_key(header["key"]) if header else None
    return sum(alter for _, alter in key.alterations) if key and key.tonic else None


def transpose(text: str, fifths: int) -> str | None:
    """The text transposed up by `fifths`, or down if negative, in the nearest octave that fits.

    None if it has no key, if a pitch would need three accidentals, or if it would exceed the range of
    a fiddle by more than it does already.
    """
    header = _HEADER.match(text)
    if header is None:
        return None
    body = text[header.end() :]
    octave = _nearest_octave(body, fifths)
    if octave is None:
        return None
    try:
        key = transposed_key(header["key"], fifths)
        return (
            f"{header['before']}K:{key}\n{_MUSIC_PART.sub(_part_transposer(fifths, octave), body)}"
        )
    except Unspellable:
        return None


def _nearest_octave(body: str, fifths: int) -> int | None:
    """The octaves to add to a move of 0 to 6 degrees upwards, or None if no octave fits the range."""
    places = [degree_of(pitch) for pitch in set(_pitches_in(body))]
    if not places:
        return 0
    low, high = min(places), max(places)
    for octave in sorted((-1, 0), key=lambda octave: abs(_degrees_of(fifths) + 7 * octave)):
        move = _degrees_of(fifths) + 7 * octave
        if low + move >= min(low, _MIN_DEGREE) and high + move <= max(high, _MAX_DEGREE):
            return octave
    return None


def _pitches_in(body: str) -> list[str]:
    return [match[2] for match in _MUSIC_PART.finditer(body) if match[2]]


def _degrees_of(fifths: int) -> int:
    return 4 * fifths % 7


@lru_cache(maxsize=64)
def _part_transposer(fifths: int, octave: int) -> Callable[[re.Match[str]], str]:
    """A function that transposes one part of the music, and remembers its results."""
    written: dict[str, str] = {}

    def move(match: re.Match[str]) -> str:
        part = match[0]
        if part not in written:
            written[part] = _transposed_part(match, fifths, octave)
        return written[part]

    return move


def _transposed_part(match: re.Match[str], fifths: int, octave: int) -> str:
    part, accidental, pitch = match.group(0, 1, 2)
    if pitch:
        degree = degree_of(pitch) + _degrees_of(fifths) + 7 * octave
        return _transposed_accidental(accidental, pitch[0], fifths) + spell_degree(degree)
    if part.startswith("[K:"):
        return f"[K:{transposed_key(part[3:-1], fifths)}]"
    if part.startswith('"'):
        return f'"{transposed_chord_symbol(part[1:-1], fifths)}"'
    return part


def _transposed_accidental(accidental: str | None, letter: str, fifths: int) -> str:
    if not accidental:
        return ""
    _, alter = transposed_letter(letter.upper(), ALTERATIONS[accidental], fifths)
    if alter not in ACCIDENTALS:
        raise Unspellable
    return ACCIDENTALS[alter]


@lru_cache(maxsize=4096)
def transposed_key(value: str, fifths: int) -> str:
    """The value of K: moved by fifths.

    Raises:
        Unspellable: it has no tonic, or the new key would alter a letter twice.
    """
    key = parse_key(value)
    if not key.tonic:
        raise Unspellable
    alterations = dict(key.alterations)
    moved = dict(transposed_letter(name, alterations.get(name, 0), fifths) for name in LETTERS)
    if any(abs(alter) > 1 for alter in moved.values()):
        raise Unspellable
    shown = {name: alter for name, alter in sorted(moved.items()) if alter}
    return spell_key(Key(transposed_tonic(key.tonic, fifths), key.mode, tuple(shown.items())))
