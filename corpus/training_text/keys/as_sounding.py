"""Writes a tune as it sounds, for training texts, which have no clefs and no directives.

Clef octaves, octave=, transpose= (4.6) and %%propagate-accidentals (11.3) move what is heard away from what
is written. Here notes, keys and chord symbols are spelt anew, so that the same pitches sound without them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from tuneloom.corpus.training_text.keys.transpose import transposed_key
from tuneloom.grammar.canonical.elements import spell_key
from tuneloom.grammar.tune.elements import (
    Bar,
    Chord,
    Element,
    Field,
    GraceGroup,
    Note,
    Quoted,
    Tune,
    Voice,
    is_timed,
    notes_of_element,
)
from tuneloom.grammar.tune.key import Key, change_key, has_signature, parse_key
from tuneloom.grammar.tune.pitch import (
    ACCIDENTALS,
    Unspellable,
    closest_fifths,
    natural_pitch,
    transposed_letter,
)
from tuneloom.grammar.tune.quoted import transposed_chord_symbol

__all__ = ["as_sounding"]

_NO_KEY = parse_key("none")
# The spelling of the twelve semitones where the line of fifths leads to a triple accidental.
_PLAIN_SPELLING = (
    ("C", 0), ("C", 1), ("D", 0), ("E", -1), ("E", 0), ("F", 0), ("F", 1), ("G", 0), ("A", -1), ("A", 0),
    ("B", -1), ("B", 0),
)  # fmt: skip


def as_sounding(tune: Tune) -> Tune:
    """The tune with its first voice written as it sounds; the tune itself if that is so already."""
    voice = tune.voices[0]
    if voice.sounds_as_written:
        return tune
    elements = (element for bar in voice.bars for element in bar.elements)
    notes = [note for element in elements for note in notes_of_element(element)]
    speller = _Speller(tune.key, [note.transposition for note in notes])
    key = speller.key
    bars = tuple(speller.bar(bar) for bar in voice.bars)
    return replace(
        tune,
        fields=(*tune.fields[:-1], Field("K", spell_key(key))),
        key=key,
        voices=(_plain_voice(voice, bars), *tune.voices[1:]),
    )


def _plain_voice(voice: Voice, bars: tuple[Bar, ...]) -> Voice:
    properties = replace(voice.properties, clef=None, octave=None, transpose=None)
    return replace(voice, properties=properties, bars=bars, sounds_as_written=True)


class _Speller:
    """Spells note after note; `key` is the key that sounds, `fifths` away from the written one."""

    def __init__(self, key: Key, transpositions: Sequence[int]) -> None:
        self._written_key = key
        self._transpositions = transpositions
        self._next_note = 0
        self._accidentals: dict[str, int] = {}
        self._tied: dict[tuple[str, int], int] = {}
        self._set_key()

    def bar(self, bar: Bar) -> Bar:
        self._accidentals.clear()
        pairs = zip(bar.elements, bar.starts, strict=False)
        respelt = [(new, start) for old, start in pairs for new in self._element(old)]
        starts = (*(start for _, start in respelt), *bar.starts[len(bar.elements) :])
        return replace(bar, elements=tuple(element for element, _ in respelt), starts=starts)

    def _set_key(self) -> None:
        """Transpose the written key as the next note is transposed, to few sharps or flats."""
        index = min(self._next_note, len(self._transpositions) - 1)
        semitones = self._transpositions[index] if index >= 0 else 0
        signature = sum(alter for _, alter in self._written_key.alterations)
        self.fifths = closest_fifths(semitones, signature)
        self.key = _moved_key(self._written_key, self.fifths)

    def _element(self, element: Element) -> Iterator[Element]:
        match element:
            case Field(letter="K" | "V"):
                yield from self._field(element)
            case Note():
                note = self._note(element)
                yield note
                self._tie((note,), note.tied)
            case Chord():
                chord = replace(element, notes=tuple(map(self._note, element.notes)))
                yield chord
                self._tie(chord.notes, chord.tied)
            case GraceGroup():
                tied, self._tied = self._tied, {}
                yield replace(element, notes=tuple(map(self._grace, element.notes)))
                self._tied = tied
            case Quoted():
                yield Quoted(transposed_chord_symbol(element.text, self.fifths))
            case _:
                if is_timed(element):
                    self._tied = {}
                yield element

    def _field(self, field: Field) -> Iterator[Element]:
        """K: in its new spelling if it changes the key that sounds; V: may change it as well."""
        before = self.key
        is_key = field.letter == "K"
        if is_key:
            self._written_key = change_key(self._written_key, field.value)
        self._set_key()
        if (is_key and has_signature(field.value)) or self.key != before:
            self._accidentals.clear()
            yield Field("K", spell_key(self.key))
        if not is_key:
            yield field

    def _grace(self, element: Note | Chord) -> Note | Chord:
        if isinstance(element, Note):
            return self._note(element)
        return replace(element, notes=tuple(map(self._note, element.notes)))

    def _note(self, note: Note) -> Note:
        self._next_note += 1
        letter, alter = transposed_letter(note.letter, note.alteration, self.fifths)
        if (note.pitch - natural_pitch(letter, 0) - alter) % 12 or alter not in ACCIDENTALS:
            letter, alter = _PLAIN_SPELLING[note.pitch % 12]
        octave = (note.pitch - natural_pitch(letter, 0) - alter) // 12
        written = bool(note.accidental) or alter != self._implied(letter, octave)
        if written:
            self._accidentals[letter] = alter
        accidental = ACCIDENTALS[alter] if written else ""
        return replace(note, letter=letter, octave=octave, accidental=accidental, transposition=0)

    def _implied(self, letter: str, octave: int) -> int:
        """The alteration of a note that has no accidental."""
        if (letter, octave) in self._tied:
            return self._tied[letter, octave]
        usual = dict(self.key.alterations).get(letter, 0)
        return self._accidentals.get(letter, usual)

    def _tie(self, notes: Sequence[Note], all_tied: bool) -> None:
        self._tied = {(n.letter, n.octave): n.alteration for n in notes if n.tied or all_tied}


def _moved_key(key: Key, fifths: int) -> Key:
    """A key that has no spelling after the move becomes none; the notes then have all accidentals."""
    if not key.tonic or not fifths:
        return replace(key, properties=_NO_KEY.properties)
    try:
        return parse_key(transposed_key(spell_key(key), fifths))
    except Unspellable:
        return _NO_KEY
