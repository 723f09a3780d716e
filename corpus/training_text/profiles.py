"""Profiles: what of a tune goes into the training text, and how it is laid out.

`melody` keeps R: M: L: K: and, of the body, notes, rests, chords, bars, repeats, voltas, tuplets, ties,
broken rhythm and changes of key, metre and unit note length. `full` keeps T: as well, chord symbols and
annotations, grace notes, slurs and decorations. Where a line ends and which notes are beamed follows
from bars and metre alone, so that neither carries chance that a model would have to learn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from tuneloom.corpus.training_text.layout import Layout
from tuneloom.corpus.training_text.rhythms import canonical_rhythm
from tuneloom.grammar.canonical.elements import (
    canonical_meter,
    join_bar_lines,
    sounding_accidental,
    spell_bar_line,
    spell_key,
    spell_unit,
)
from tuneloom.grammar.source.text_strings import decode_text
from tuneloom.grammar.tune.durations import parse_unit
from tuneloom.grammar.tune.elements import (
    BarLine,
    BrokenRhythm,
    Chord,
    Decoration,
    Element,
    Field,
    GraceGroup,
    Note,
    Quoted,
    Rest,
    SlurClose,
    SlurOpen,
    Tune,
    Tuplet,
    is_timed,
)
from tuneloom.grammar.tune.key import Key, parse_key

__all__ = ["PROFILES", "Heading", "heading", "training_text"]

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


def training_text(tune: Tune, head: Heading, profile: str) -> str:
    """The training text of a profile, which ends in a line feed."""
    titles, bars = PROFILES[profile]
    layout = Layout(head.meter)
    for elements, line in _joined_bars(bars(tune)):
        layout.bar(elements, line)
    return titles(tune) + head.text() + layout.text()


def _no_titles(_: Tune) -> str:
    return ""


def _titles(tune: Tune) -> str:
    return "".join(f"T:{_plain(f.value)}\n" for f in tune.fields if f.letter == "T" and f.value)


def _plain(title: str) -> str:
    """A title as a person reads it, unless it has characters that a title must write as escapes."""
    plain = decode_text(title)
    return title if set(plain) & set("%\\\n\r") else plain


def _melody_bars(tune: Tune) -> Iterator[_Bar]:
    for bar in _bars(tune, _in_melody):
        yield list(_with_accidentals_of_graces(bar[0])), bar[1]


def _full_bars(tune: Tune) -> Iterator[_Bar]:
    for bar in _bars(tune, _in_full):
        yield [each for element in bar[0] for each in _with_closed_slurs(element)], bar[1]


def _bars(tune: Tune, kept: Callable[[Element], bool]) -> Iterator[_Bar]:
    """The bars with the elements that are kept; the header has the fields before the music."""
    started = False
    for bar in tune.bars:
        elements: list[Element] = []
        for element in bar.elements:
            started = started or is_timed(element)
            if kept(element) and (started or not isinstance(element, Field)):
                elements.append(element)
        yield elements, bar.line


def _with_closed_slurs(element: Element) -> Iterator[Element]:
    """The slurs that close on a note, in a chord or behind grace notes become marks of their own."""
    yield element
    closed = 0
    if isinstance(element, Note | Chord | Rest | GraceGroup):
        closed = element.slurs_closed
    if isinstance(element, Chord):
        closed += sum(note.slurs_closed for note in element.notes)
    if closed:
        yield SlurClose(closed)


def _with_accidentals_of_graces(elements: Iterable[Element]) -> Iterator[Element]:
    """A grace note's accidental lasts for the bar; where it is dropped, the next such note must say it."""
    owed: set[str] = set()
    for element in elements:
        if isinstance(element, GraceGroup):
            owed.update(n.letter for n in _notes(element) if n.accidental)
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
    return bool(line.volta) or ":" in spell_bar_line(line)


def _fields_before_music(tune: Tune) -> Iterator[Field]:
    for bar in tune.bars:
        for element in bar.elements:
            if is_timed(element):
                return
            if isinstance(element, Field):
                yield element


def _in_melody(element: Element) -> bool:
    """Grace notes come as far as the function that asks them for their accidentals."""
    if isinstance(element, Field):
        return element.letter in "KML"
    return is_timed(element) or isinstance(element, (Tuplet, BrokenRhythm, GraceGroup))


def _in_full(element: Element) -> bool:
    if isinstance(element, Quoted):
        return bool(element.text.strip())
    return _in_melody(element) or isinstance(element, Decoration | SlurOpen | SlurClose)


# For each profile: its titles, and its bars with the elements that it keeps.
PROFILES: dict[str, tuple[Callable[[Tune], str], Callable[[Tune], Iterator[_Bar]]]] = {
    "melody": (_no_titles, _melody_bars),
    "full": (_titles, _full_bars),
}
