"""Profiles: what of a tune goes into the training text, and how it is laid out.

`melody` keeps R: M: L: K: and, of the body, notes, rests, chords, bars, repeats, voltas, tuplets, ties,
broken rhythm and changes of key, metre and unit note length. Where a line ends and which notes are
beamed follows from bars and metre alone, so that neither carries chance that a model would have to learn.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from corpus.layout import Layout
from corpus.rhythms import canonical_rhythm
from grammar.key import Key, parse_key
from grammar.printer import (
    canonical_meter,
    join_bar_lines,
    sounding_accidental,
    spell_key,
    spell_unit,
)
from grammar.rhythm import parse_unit
from grammar.tune import (
    BarLine,
    BrokenRhythm,
    Chord,
    Element,
    Field,
    GraceGroup,
    Note,
    Tune,
    Tuplet,
    is_timed,
)

__all__ = ["Heading", "heading", "melody_text"]

_Bar = tuple[list[Element], BarLine | None]


@dataclass(frozen=True, slots=True)
class Heading:
    """What the header of the training text says, and what of the body was read to know it."""

    rhythm: str
    meter: str
    unit: Fraction
    key: Key

    def text(self) -> str:
        rhythm = f"R:{self.rhythm}\n" if self.rhythm else ""
        return f"{rhythm}M:{self.meter}\nL:{spell_unit(self.unit)}\nK:{spell_key(self.key)}\n"


def heading(tune: Tune) -> Heading:
    """The header; fields of the body that come before the first note belong to it as well."""
    meter, unit, key = tune.meter, tune.unit_note_length, tune.key
    for change in _fields_before_music(tune):
        if change.letter == "M":
            meter = change.value
        elif change.letter == "L":
            unit = parse_unit(change.value)
        elif change.letter == "K":
            key = parse_key(change.value)
    return Heading(canonical_rhythm(tune.field("R")), canonical_meter(meter), unit, key)


def melody_text(tune: Tune, head: Heading) -> str:
    """The training text of the profile `melody`, which ends in a line feed."""
    layout = Layout(head.meter)
    for elements, line in _joined_bars(_melody_bars(tune)):
        layout.bar(elements, line)
    return head.text() + layout.text()


def _melody_bars(tune: Tune) -> Iterator[_Bar]:
    """The bars with the elements that the profile keeps; the header has the fields before the music."""
    started = False
    for bar in tune.bars:
        kept: list[Element] = []
        for element in _with_accidentals_of_graces(bar.elements):
            started = started or is_timed(element)
            if _in_melody(element) and (started or not isinstance(element, Field)):
                kept.append(element)
        yield kept, bar.line


def _with_accidentals_of_graces(elements: Iterable[Element]) -> Iterator[Element]:
    """A grace note's accidental lasts for the bar; where it is dropped, the next such note must say it."""
    owed: set[str] = set()
    for element in elements:
        if isinstance(element, GraceGroup):
            owed.update(n.letter for n in _notes(element) if n.accidental)
            yield element
        elif isinstance(element, Note):
            yield _saying(element, owed)
        elif isinstance(element, Chord):
            yield replace(element, notes=tuple(_saying(n, owed) for n in element.notes))
        else:
            if isinstance(element, Field) and element.letter == "K":
                owed.clear()
            yield element


def _notes(grace: GraceGroup) -> Iterator[Note]:
    for element in grace.notes:
        yield from (element,) if isinstance(element, Note) else element.notes


def _saying(note: Note, owed: set[str]) -> Note:
    if note.letter not in owed:
        return note
    owed.discard(note.letter)
    return note if note.accidental else replace(note, accidental=sounding_accidental(note))


def _joined_bars(bars: Iterable[_Bar]) -> list[_Bar]:
    """Bar lines with nothing between them become one; what stands before the music goes if it is idle."""
    joined: list[_Bar] = []
    for elements, line in bars:
        if elements or line is None:
            joined.append((elements, line))
        elif joined and joined[-1][1] is not None:
            joined[-1] = (joined[-1][0], join_bar_lines(joined[-1][1], line))
        elif joined:
            joined[-1] = (joined[-1][0], line)
        else:
            joined.append((elements, line))
    if joined and not joined[0][0] and joined[0][1] and not _means_something(joined[0][1]):
        del joined[0]
    return joined


def _means_something(line: BarLine) -> bool:
    return bool(line.volta) or ":" in line.text


def _fields_before_music(tune: Tune) -> Iterator[Field]:
    for bar in tune.bars:
        for element in bar.elements:
            if is_timed(element):
                return
            if isinstance(element, Field):
                yield element


def _in_melody(element: Element) -> bool:
    if isinstance(element, Field):
        return element.letter in "KML"
    return is_timed(element) or isinstance(element, (Tuplet, BrokenRhythm))
