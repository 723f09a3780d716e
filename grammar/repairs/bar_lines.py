"""The repair of bar lines that are missing: they are written, with the accidentals that they would end."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from tuneloom.grammar.repairs.interface import AddedSign, Repair, RepairPlace
from tuneloom.grammar.tune.elements import (
    Bar,
    Chord,
    Element,
    Field,
    GraceGroup,
    Note,
    is_timed,
    notes_of_element,
)
from tuneloom.grammar.tune.key import has_signature

__all__ = ["BAR_LINES"]


def _write_bar_lines(text: str, place: RepairPlace) -> str:
    """Not under chord symbols, whose accompaniment begins anew in each bar."""
    return text if place.has_chord_symbols else _write_missing(text, place, agreed=True)


def _write_all_bar_lines(text: str, place: RepairPlace) -> str:
    return _write_missing(text, place, agreed=False)


def _write_missing(text: str, place: RepairPlace, agreed: bool) -> str:
    """Write all bar lines that are missing, or none; with `agreed`, only where all readers hear the same."""
    lines: dict[int, list[int]] = defaultdict(list)
    bars: dict[int, Bar] = {}
    for missing in place.parsed.bars.missing:
        key = id(missing.bar)
        lines[key].append(missing.index)
        bars[key] = missing.bar
    signs: list[AddedSign] = []
    note_starts: list[int] = []
    for key, bar in bars.items():
        signs += (AddedSign(bar.starts[index] - 1, "|", is_after=True) for index in lines[key])
        if any(map(_has_accidental, bar.elements)):
            note_starts = note_starts or _note_starts(place)
            accidentals = _BarAccidentals(note_starts, agreed)
            signs += accidentals.ended_by(bar, frozenset(lines[key]))
            if accidentals.is_disputed:
                return text
    return place.with_signs(signs) if signs else text


def _note_starts(place: RepairPlace) -> list[int]:
    """The offsets of all notes of the tune, those in chords and grace notes included."""
    return [token.start for token in place.parsed.tree.tokens() if token.type == "NOTE"]


def _has_accidental(element: Element) -> bool:
    """Whether it has an accidental that may hold for later notes."""
    if isinstance(element, Note):
        return bool(element.accidental)
    if isinstance(element, Chord | GraceGroup):
        return any(map(_has_accidental, element.notes))
    return False


class _InForce(Struct):
    """The accidentals in force, as they are for readers who let them hold in all octaves, or in their own."""

    by_letter: dict[str, str] = field(default_factory=dict)
    by_octave: dict[tuple[str, int], str] = field(default_factory=dict)

    def write(self, note: Note, accidental: str) -> None:
        self.by_letter[note.letter] = accidental
        self.by_octave[note.letter, note.octave] = accidental

    def read(self, note: Note) -> tuple[str, str]:
        own = self.by_octave.get((note.letter, note.octave), "")
        return self.by_letter.get(note.letter, ""), own

    def end(self) -> None:
        self.by_letter.clear()
        self.by_octave.clear()


class _BarAccidentals(Struct):
    """Follows the accidentals of a bar as it is, and as it will be with its bar lines."""

    note_starts: Sequence[int]
    agreed: bool
    is_disputed: bool = False
    as_is: _InForce = field(default_factory=_InForce)
    divided: _InForce = field(default_factory=_InForce)
    tied: frozenset[tuple[str, int]] = frozenset()

    def ended_by(self, bar: Bar, lines: frozenset[int]) -> Iterator[AddedSign]:
        """The accidentals that have to be written again after the bar lines before some elements."""
        for index, element in enumerate(bar.elements):
            if index in lines:
                self.divided.end()
            if (
                isinstance(element, Field)
                and element.letter == "K"
                and has_signature(element.value)
            ):
                self.as_is.end()
                self.divided.end()
            for offset, note in self._notes(bar.starts[index], element):
                accidental = self._accidental(note, is_grace=isinstance(element, GraceGroup))
                if accidental:
                    yield AddedSign(offset, accidental)
            if is_timed(element):
                self.tied = _held_notes(element)

    def _accidental(self, note: Note, is_grace: bool) -> str:
        """The accidental that a note has to get, or none."""
        if note.accidental:
            self.as_is.write(note, note.accidental)
            self.divided.write(note, note.accidental)
        elif is_grace or (note.letter, note.octave) not in self.tied:
            heard, left = self.as_is.read(note), self.divided.read(note)
            if heard != left:
                self.is_disputed |= self.agreed and heard[0] != heard[1]
                self.divided.write(note, heard[0])
                return heard[0]
        return ""

    def _notes(self, start: int, element: Element) -> Iterator[tuple[int, Note]]:
        """The notes of an element, each with its offset in the resolved text."""
        if isinstance(element, Note):
            yield start, element
        elif isinstance(element, Chord | GraceGroup):
            notes = notes_of_element(element)
            first = bisect_left(self.note_starts, start)
            yield from zip(self.note_starts[first : first + len(notes)], notes, strict=True)


def _held_notes(element: Element) -> frozenset[tuple[str, int]]:
    """The notes that a tie prolongs, which keep their accidental over a bar line (11.3)."""
    if isinstance(element, Note):
        return frozenset({(element.letter, element.octave)} if element.tied else ())
    if isinstance(element, Chord):
        notes = (note for note in element.notes if note.tied or element.tied)
        return frozenset((note.letter, note.octave) for note in notes)
    return frozenset()


BAR_LINES = (
    Repair(
        "missing-bar-line", "missing-bar-line", "a bar line where a bar is full and goes on",
        "tune", _write_bar_lines, aspect="bars",
    ),
    # Unsafe: players begin an accompaniment, and some readers their accidentals, anew in each bar.
    Repair(
        "missing-bar-line-disputed", "missing-bar-line",
        "the same under chord symbols, and where accidentals hold in other octaves",
        "tune", _write_all_bar_lines, safe=False, aspect="bars",
    ),
)  # fmt: skip
