"""By how much a tune is transposed, and how the keys in it are spelt."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from tuneloom.grammar.editing.tunes.each_tune import CannotEdit
from tuneloom.grammar.tune.elements import Field, Tune, Voice
from tuneloom.grammar.tune.key import (
    MODES,
    Key,
    change_key,
    fifths_of,
    has_signature,
    parse_key,
    split_key,
)
from tuneloom.grammar.tune.pitch import closest_fifths
from tuneloom.grammar.tune.properties import VoiceProperties, parse_properties

__all__ = ["KeySpelling", "Transposition", "fifths_by_offset", "is_in_key"]

KeySpelling = Literal["fewest", "sharps", "flats", "named"]
"""Which of two keys of one sound is written: that of fewer accidentals, of sharps, of flats, or as named."""

_OCTAVE = 12
_MAX_ACCIDENTALS = 7


class Transposition(Struct, frozen=True):
    """So many semitones up. Where keys are `named`, that of the header goes `home` fifths up."""

    semitones: int
    spelling: KeySpelling = "fewest"
    home: int = 0

    @classmethod
    def to_key(cls, named: str, tune: Tune) -> Transposition:
        """From the key of a tune to another tonic, by the nearest way.

        A mode in `named` must be that of the tune.

        Raises:
            CannotEdit: the key has no tonic or another mode, or would have more than seven accidentals.
        """
        key = _movable_key(tune.field("K"), tune.key)
        if not _is_in_mode(key, named):
            raise CannotEdit(f"{key.tonic}{key.mode} is of another mode than {named}")
        tonic, _, _ = split_key(named)
        fifths = fifths_of(tonic) - fifths_of(key.tonic)
        accidentals = _signature_of(key) + fifths
        if abs(accidentals) > _MAX_ACCIDENTALS:
            signs = "sharps" if accidentals > 0 else "flats"
            raise CannotEdit(
                f"{tonic}{'' if key.mode == 'maj' else key.mode} would have {abs(accidentals)} {signs}"
            )
        up = 7 * fifths % _OCTAVE
        return cls(up - _OCTAVE if up > _OCTAVE // 2 else up, "named", fifths)

    def fifths(self, key: Key) -> int:
        """How many fifths up a key of the tune goes, octaves aside."""
        signature = _signature_of(key)
        closest = closest_fifths(self.semitones, signature, self.home)
        if self.spelling == "fewest":
            return closest
        turns = (-2 * _OCTAVE, -_OCTAVE, 0, _OCTAVE, 2 * _OCTAVE)
        ways = [closest + turn for turn in turns]
        ways = [fifths for fifths in ways if abs(signature + fifths) <= _MAX_ACCIDENTALS]
        if self.spelling == "named":
            return self.home if self.home in ways else closest
        return (max(ways) if self.spelling == "sharps" else min(ways)) if ways else closest


def fifths_by_offset(tune: Tune, move: Transposition) -> dict[int, int | None]:
    """How many fifths up each element of a tune goes, by its offset; None for percussion, which stays.

    Raises:
        CannotEdit: a key in it names no tonic, or is that of the bagpipe.
    """
    found: dict[int, int | None] = {}
    for voice in tune.voices:
        context = _KeyContext.at_begin(tune, voice)
        for bar in voice.bars:
            for element, start in zip(bar.elements, bar.starts, strict=False):
                if isinstance(element, Field):
                    context.read(element)
                # A field that several voices have moves with any of them.
                if found.get(start) is None:
                    found[start] = context.fifths(move)
    return found


class _KeyContext(Struct):
    """The value of K: that holds at a place of a voice, what it means, and the properties there."""

    value: str
    key: Key
    properties: VoiceProperties

    @classmethod
    def at_begin(cls, tune: Tune, voice: Voice) -> _KeyContext:
        context = cls(tune.field("K"), tune.key, tune.key.properties)
        for each in tune.fields:
            if each.letter == "V" and each.value.split()[:1] == [voice.id]:
                context.read(each)
        return context

    def fifths(self, move: Transposition) -> int | None:
        """How far a note here goes; percussion goes nowhere."""
        if self.properties.clef and self.properties.clef.name == "perc":
            return None
        return move.fifths(_movable_key(self.value, self.key))

    def read(self, field: Field) -> None:
        if field.letter == "K":
            self.key = change_key(self.key, field.value)
            self.value = field.value if has_signature(field.value) else self.value
            self.properties = parse_key(field.value).properties.over(self.properties)
        elif field.letter == "V":
            own = " ".join(field.value.split()[1:])
            self.properties = parse_properties(own).over(self.properties)


def _movable_key(value: str, key: Key) -> Key:
    """The key, which is what this value of K: means.

    Raises:
        CannotEdit: it is no key that can be transposed.
    """
    if value.startswith(("HP", "Hp")):
        raise CannotEdit(f"K:{value} is the scale of the bagpipe, which is not transposed")
    if not key.tonic:
        raise CannotEdit(f"K:{value} is no key that could be transposed")
    return key


def _signature_of(key: Key) -> int:
    return sum(alter for _, alter in key.alterations)


def is_in_key(key: Key, named: str) -> bool:
    """Whether a key is the one that is named; a tonic alone means all its modes."""
    tonic, _, _ = split_key(named)
    return tonic == key.tonic and _is_in_mode(key, named)


def _is_in_mode(key: Key, named: str) -> bool:
    """Whether a key has the mode of the one that is named, which may have none."""
    tonic, mode, _ = split_key(named)
    return named.strip() == tonic or MODES.get(mode) == MODES.get(key.mode)
