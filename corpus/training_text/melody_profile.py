"""The profile `melody`: notes, rests, chords, bars, repeats, voltas, tuplets, ties and broken rhythm.

Changes of key, metre and unit note length are kept too; there are no titles.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from tuneloom.corpus.training_text.profile import Profile
from tuneloom.grammar.canonical.elements import sounding_accidental
from tuneloom.grammar.tune.elements import (
    BrokenRhythm,
    Chord,
    Element,
    Field,
    GraceGroup,
    Note,
    Tuplet,
    is_timed,
)

__all__ = ["MELODY", "is_melodic"]


def is_melodic(element: Element) -> bool:
    """Whether the melody needs it; of grace notes, it needs their accidentals."""
    if is_timed(element):
        return True
    if isinstance(element, Field):
        return element.letter in "KML"
    return isinstance(element, (Tuplet, BrokenRhythm, GraceGroup))


def _without_graces(elements: Iterable[Element]) -> Iterator[Element]:
    """A grace note's accidental lasts for the bar; where it is dropped, the next such note takes it."""
    owed: set[str] = set()
    for element in elements:
        if isinstance(element, GraceGroup):
            owed.update(n.letter for n in _grace_notes(element) if n.accidental)
        elif isinstance(element, Note):
            yield _with_accidental(element, owed) if owed else element
        elif isinstance(element, Chord) and owed:
            yield replace(element, notes=tuple(_with_accidental(n, owed) for n in element.notes))
        else:
            if isinstance(element, Field) and element.letter == "K":
                owed.clear()
            yield element


def _grace_notes(grace: GraceGroup) -> Iterator[Note]:
    for element in grace.notes:
        yield from (element,) if isinstance(element, Note) else element.notes


def _with_accidental(note: Note, owed: set[str]) -> Note:
    if note.letter not in owed:
        return note
    owed.discard(note.letter)
    return note if note.accidental else replace(note, accidental=sounding_accidental(note))


MELODY = Profile(is_melodic, _without_graces)
