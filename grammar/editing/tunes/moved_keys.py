"""The value of K: moved along the line of fifths, with everything but its notes as written (3.1.14)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tuneloom.grammar.tune.key import Key, parse_key, split_key
from tuneloom.grammar.tune.pitch import (
    ACCIDENTAL_PATTERN,
    ACCIDENTALS,
    ALTERATIONS,
    LETTERS,
    Unspellable,
    transposed_letter,
    transposed_tonic,
)
from tuneloom.grammar.tune.properties import split_properties

__all__ = ["moved_key_value"]

# Accidentals that no word surrounds, such as `^f_b`; the value of a property is no such thing.
_ACCIDENTALS_RUN = re.compile(rf"(?<!\S)(?:(?:{ACCIDENTAL_PATTERN})[A-Ga-g])+(?!\S)")
_ALTERED = re.compile(rf"({ACCIDENTAL_PATTERN})([A-Ga-g])")


def moved_key_value(value: str, fifths: int) -> str:
    """The value of a K: field that has a tonic, moved by fifths; mode, clef and blanks stay.

    Raises:
        Unspellable: the tonic, or an accidental of the key, cannot be spelt.
    """
    begin = _tonic_start(value)
    tonic, mode, rest = split_key(value[begin:])
    if not tonic:
        raise Unspellable
    end = len(value.rstrip()) - len(rest)
    before, after = value[:end], value[end:]
    key = parse_key(value)
    moved = dict(_moved_alterations(key, fifths))
    after = _ACCIDENTALS_RUN.sub(lambda run: _moved_run(run[0], fifths), after)
    if mode == "exp":
        written = {letter.upper() for _, letter in _ALTERED.findall(after)}
        added = [n for n in LETTERS if moved[n] and n not in written]
        after += "".join(f" {ACCIDENTALS[moved[name]]}{name.lower()}" for name in added)
    new_tonic = transposed_tonic(tonic, fifths)
    result = before[:begin] + new_tonic + before[begin + len(tonic) :] + after
    if _sounding_alterations(parse_key(result)) != {n: a for n, a in moved.items() if a}:
        raise Unspellable
    return result


def _tonic_start(value: str) -> int:
    """Where the tonic is: at the beginning, or after properties such as a clef."""
    for word in re.finditer(r"\S+", value):
        start = word.start()
        if split_key(value[start:])[0] and not split_properties(value[:start])[1]:
            return start
    return len(value)


def _moved_alterations(key: Key, fifths: int) -> Iterator[tuple[str, int]]:
    written = dict(key.alterations)
    for name in LETTERS:
        letter, alter = transposed_letter(name, written.get(name, 0), fifths)
        if alter not in ACCIDENTALS:
            raise Unspellable
        yield letter, alter


def _moved_run(run: str, fifths: int) -> str:
    return _ALTERED.sub(lambda match: _moved_altered(match[1], match[2], fifths), run)


def _moved_altered(accidental: str, letter: str, fifths: int) -> str:
    moved, alter = transposed_letter(letter.upper(), ALTERATIONS[accidental], fifths)
    if alter not in ACCIDENTALS:
        raise Unspellable
    return ACCIDENTALS[alter] + (moved.lower() if letter.islower() else moved)


def _sounding_alterations(key: Key) -> dict[str, int]:
    return {letter: alter for letter, alter in key.alterations if alter}
