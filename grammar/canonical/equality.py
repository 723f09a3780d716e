"""Musical equality: whether two tunes say the same, however they are spelt, or at least sound alike."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from tuneloom.grammar.canonical.elements import canonical_meter, spell_bar_line
from tuneloom.grammar.tune.durations import parse_unit
from tuneloom.grammar.tune.elements import (
    PLAIN_BAR_LINE,
    Bar,
    BrokenRhythm,
    Chord,
    Element,
    Field,
    GraceGroup,
    Note,
    Rest,
    Tune,
    Tuplet,
    Voice,
    is_blank,
    is_timed,
)
from tuneloom.grammar.tune.key import parse_key

__all__ = ["musically_equal", "sound_alike"]


def musically_equal(one: Tune, other: Tune) -> bool:
    """Whether two tunes have the same fields, voices, bars, notes, beams, signs and words.

    Notes are compared by pitch, accidental, duration, ties and slurs, whatever length and unit they are
    written with; fields by what they mean.
    """
    return _tune_meaning(one) == _tune_meaning(other)


def sound_alike(one: Tune, other: Tune) -> bool:
    """Whether two tunes have the same notes, rests, words, repeats and endings in the same order.

    Plain bar lines, beams, and how accidentals are written may differ.
    """
    return [(voice.id, voice.verses, list(_heard(voice))) for voice in one.voices] == [
        (voice.id, voice.verses, list(_heard(voice))) for voice in other.voices
    ]


def _heard(voice: Voice) -> Iterator[Hashable]:
    for bar in voice.bars:
        yield from map(_sound, filter(_is_heard, bar.elements))
        if bar.line and bar.line != PLAIN_BAR_LINE:
            yield bar.line


def _is_heard(element: Element) -> bool:
    return is_timed(element) or isinstance(element, GraceGroup)


def _sound(element: Element) -> Hashable:
    match element:
        case Note():
            return element.pitch, element.duration, element.tied
        case Chord(notes=notes) | GraceGroup(notes=notes):
            return *map(_sound, notes), getattr(element, "tied", False)
        case Rest():
            return element.duration
    return element


def _tune_meaning(tune: Tune) -> Hashable:
    voices = tuple(
        (voice.id, voice.properties, voice.verses, tuple(map(_bar_meaning, voice.bars)))
        for voice in tune.voices
    )
    return tuple(map(_field_meaning, tune.fields)), voices


def _bar_meaning(bar: Bar) -> Hashable:
    return tuple(_element_meanings(bar)), spell_bar_line(bar.line) if bar.line else None


def _element_meanings(bar: Bar) -> Iterator[Hashable]:
    """The elements of a bar; blanks count only between two of them, and not after `(3` or a field."""
    blank = False
    last: Element | None = None
    for element in bar.elements:
        if is_blank(element):
            blank = last is not None and not isinstance(last, Tuplet | BrokenRhythm | Field)
            continue
        if blank and not isinstance(element, BrokenRhythm):
            yield " "
        blank = False
        yield _element_meaning(element)
        last = element


def _element_meaning(element: Element) -> Hashable:
    match element:
        case Note():
            return _note_meaning(element)
        case Chord(notes=notes):
            tied = element.tied or all(note.tied for note in notes)
            inner = tuple(_note_meaning(note, not tied) for note in notes)
            return inner, element.duration, tied, element.slurs_closed
        case GraceGroup():
            return (
                tuple(map(_element_meaning, element.notes)),
                element.slashed,
                element.slurs_closed,
            )
        case Field():
            return _field_meaning(element)
        case _ if is_timed(element):
            return (
                type(element),
                getattr(element, "duration", element),
                getattr(element, "slurs_closed", 0),
            )
    return element


def _note_meaning(note: Note, with_tie: bool = True) -> Hashable:
    return (
        note.letter,
        note.octave,
        note.accidental,
        note.duration,
        note.pitch,
        note.tied and with_tie,
        note.slurs_closed,
    )


def _field_meaning(field: Field) -> Hashable:
    value: Hashable = " ".join(field.value.split())
    if field.letter == "K":
        value = parse_key(field.value)
    elif field.letter == "M":
        value = canonical_meter(field.value)
    elif field.letter == "L" and field.value:
        value = parse_unit(field.value)
    elif field.letter == "Q":
        value = "".join(field.value.split())
    return field.letter, value
