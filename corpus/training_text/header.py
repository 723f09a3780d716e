"""The header of a training text: rhythm, metre, unit note length and key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from tuneloom.corpus.training_text.keys.as_sounding import as_sounding
from tuneloom.corpus.training_text.rhythms import canonical_rhythm
from tuneloom.grammar.canonical.elements import canonical_meter, spell_key, spell_unit
from tuneloom.grammar.source.text_strings import decode_text
from tuneloom.grammar.tune.durations import parse_unit
from tuneloom.grammar.tune.elements import Field, Tune, is_timed
from tuneloom.grammar.tune.key import Key, change_key

__all__ = ["TrainingHeader", "training_header"]


@dataclass(frozen=True, slots=True)
class TrainingHeader:
    """What the header says; `rhythm` is empty if R: names none that is known."""

    rhythm: str
    meter: str
    unit: Fraction
    key: Key

    def text(self) -> str:
        rhythm = f"R:{self.rhythm}\n" if self.rhythm else ""
        return f"{rhythm}M:{self.meter}\nL:{spell_unit(self.unit)}\nK:{spell_key(self.key)}\n"


def training_header(tune: Tune) -> TrainingHeader:
    """The header of a tune's training text, with the key that sounds.

    Fields of the body before the first note count as well.
    """
    tune = as_sounding(tune)
    meter, unit, key = tune.meter, tune.unit_note_length, tune.key
    for change in _fields_before_music(tune):
        if change.letter == "M":
            meter = change.value
        elif change.letter == "L":
            unit = parse_unit(change.value)
        elif change.letter == "K":
            key = change_key(key, change.value)
    return TrainingHeader(
        canonical_rhythm(decode_text(tune.field("R"))), canonical_meter(meter), unit, key
    )


def _fields_before_music(tune: Tune) -> Iterator[Field]:
    for bar in tune.bars:
        for element in bar.elements:
            if is_timed(element):
                return
            if isinstance(element, Field):
                yield element
