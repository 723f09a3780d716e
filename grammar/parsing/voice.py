"""Reads one voice, in which the meaning of a token depends on what came before it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from msgspec import Struct, field
from msgspec.structs import replace

from tuneloom.grammar.parsing import tokens
from tuneloom.grammar.parsing.nodes import Token, Tree
from tuneloom.grammar.tune import durations
from tuneloom.grammar.tune.elements import (
    Bar,
    BarLine,
    Chord,
    Element,
    Field,
    GraceGroup,
    MultiRest,
    Note,
    Space,
    Tuplet,
    Voice,
    is_blank,
    is_timed,
)
from tuneloom.grammar.tune.key import Key, change_key, has_signature, parse_key
from tuneloom.grammar.tune.pitch import ALTERATIONS
from tuneloom.grammar.tune.properties import NO_PROPERTIES, VoiceProperties

if TYPE_CHECKING:
    from tuneloom.grammar.tune.lyrics import Verse

__all__ = ["AccidentalScope", "VoiceReader"]

AccidentalScope = Literal["not", "octave", "pitch"]
"""For what accidentals hold up to the bar line: nothing but their note, its octave, or all octaves (11.3)."""


class VoiceReader(Struct):
    """Collects the bars of a voice. `at` is the offset of the token that is being read."""

    id: str
    properties: VoiceProperties
    meter: str
    unit: Fraction
    key: Key
    at: int = 0
    bars: list[Bar] = field(default_factory=list)
    _alterations: dict[str, int] = field(default_factory=dict)
    _scope: AccidentalScope = "pitch"
    _accidentals: dict[str | tuple[str, int], int] = field(default_factory=dict)
    _staff: VoiceProperties = NO_PROPERTIES
    _transposition: int = 0
    _sounds_as_written: bool = True
    _tied: dict[tuple[str, int], int] = field(default_factory=dict)
    _tuplet_factor: Fraction = durations.ONE
    _tuplet_left: int = 0
    _broken_next: Fraction = durations.ONE
    _elements: list[Element] = field(default_factory=list)
    _starts: list[int] = field(default_factory=list)
    _without_time: int = 0
    _has_words: bool = False
    _has_notes: bool = False

    def __post_init__(self) -> None:
        self._alterations = dict(self.key.alterations)
        self._set_staff(self.key.properties)
        self._set_staff(self.properties)

    def has_music(self) -> bool:
        return self._has_notes

    def has_begun(self) -> bool:
        """Whether anything but fields has been read."""
        if self.bars:
            return True
        read = len(self._elements)  # fields alone may be very many, and are looked at once
        while self._without_time < read and not is_timed(self._elements[self._without_time]):
            self._without_time += 1
        return self._without_time < read

    def set_properties(self, properties: VoiceProperties) -> None:
        """Read the properties of V:, which have precedence over those of K: before them (4.6, 7.1)."""
        self.properties = properties.over(self.properties)
        self._set_staff(properties)

    def _set_staff(self, properties: VoiceProperties) -> None:
        self._staff = properties.over(self._staff)
        self._transposition = self._staff.transposition
        self._sounds_as_written = self._sounds_as_written and not self._transposition

    def set_scope(self, scope: AccidentalScope) -> None:
        """Set for what the accidentals after this hold."""
        self._scope = scope
        self._accidentals.clear()
        self._sounds_as_written = self._sounds_as_written and scope == "pitch"

    def _set_key(self, value: str) -> None:
        """A change of key ends the accidentals of the bar; one of clef does not."""
        self.key = change_key(self.key, value)
        if has_signature(value):
            self._alterations = dict(self.key.alterations)
            self._accidentals.clear()
        self._set_staff(parse_key(value).properties)

    def field(self, letter: str, value: str) -> None:
        if letter == "K":
            self._set_key(value)
        elif letter == "M":
            self.meter = value or "none"
        elif letter == "L":
            self.unit = durations.parse_unit(value)
        elif letter == "w":
            self._has_words = True
        self._add(Field(letter, value))

    def note(self, token: str, arrows: str) -> None:
        note = self._sounding(token, self._scale(arrows))
        self._add(note)
        self._has_notes = True
        if self._tied or note.tied:
            self._after_timed((note,), note.tied)
            self._blank_before_tie(token, self.at)

    def rest(self, token: str, arrows: str) -> None:
        scale = self._scale(arrows)
        self._add(tokens.rest(token, scale.numerator, scale.denominator))
        self._tied = {}

    def chord(self, tree: Tree, arrows: str) -> None:
        children = [child for child in tree.children if isinstance(child, Token)]
        length, tied, slurs = tokens.chord_end(str(children[-1]))
        scale = self._scale(arrows) * length
        notes = tuple(self._sounding(str(t), scale) for t in children if t.type == "NOTE")
        self._marks_of_chord(children)
        self._add(Chord(notes, length, notes[0].duration, tied, slurs))
        self._has_notes = True
        self._after_timed(notes, tied)
        self._blank_before_tie(str(children[-1]), children[-1].start)

    def _blank_before_tie(self, token: str, start: int) -> None:
        """`c2 -c2` is `c2- c2`: the blank ends the beam of the first note."""
        if token[-1:] == "-" and (" " in token or "\t" in token):
            self._elements.append(Space())
            self._starts.append(start + len(token))

    def _marks_of_chord(self, children: Sequence[Token]) -> None:
        """What comes before a note inside a chord belongs to the chord."""
        for token in children:
            if token.type in ("DECORATION", "EMPHASIS"):
                self._add(tokens.decoration(str(token)))
            elif token.type == "CHORD_SYMBOL":
                self._add(tokens.quoted(str(token)))
            elif token.type == "SLUR_OPEN":
                self._add(tokens.mark(token.type, str(token)))

    def grace(self, tree: Tree) -> None:
        """Grace notes take no time; their accidentals last for the bar like any other (4.12, 11.3)."""
        tied, self._tied = self._tied, {}
        notes: list[Note | Chord] = []
        for child in tree.children:
            if isinstance(child, Tree):
                inner = [t for t in child.children if isinstance(t, Token) and t.type == "NOTE"]
                members = tuple(self._sounding(str(t), self.unit) for t in inner)
                notes.append(Chord(members, durations.ONE, members[0].duration))
            elif child.type == "NOTE":
                notes.append(self._sounding(str(child), self.unit))
        self._tied = tied
        opening, closing = str(tree.children[0]), str(tree.children[-1])
        self._add(GraceGroup(tuple(notes), "/" in opening, closing.count(")")))

    def tuplet(self, token: str) -> None:
        p, q, r = (*token.lstrip(".")[1:].split(":"), "", "")[:3]
        time = int(q) if q else durations.tuplet_time(int(p), self.meter)
        self._tuplet_left = int(r) if r else int(p)
        self._tuplet_factor = Fraction(time, int(p))
        self._add(Tuplet(int(p), time, self._tuplet_left))

    def broken_rhythm(self, token: str) -> None:
        arrows, tied = tokens.broken_rhythm(token)
        if tied and isinstance(last := self._elements[-1], Note | Chord):
            self._elements[-1] = replace(last, tied=True)
            self._after_timed(last.notes if isinstance(last, Chord) else (last,), True)
        self._broken_next = durations.broken_factors(arrows.direction, arrows.count)[1]
        self._add(arrows)

    def multi_rest(self, token: str) -> None:
        self._add(MultiRest(token[0], int(token[1:] or 1)))
        self._tied = {}

    def decoration(self, token: str) -> None:
        self._add(tokens.decoration(token))

    def quoted(self, token: str) -> None:
        self._add(tokens.quoted(token))

    def mark(self, terminal: str, token: str) -> None:
        if terminal == "OVERLAY":
            self._accidentals.clear()  # each layer is a voice of its own (7.4)
        self._add(tokens.mark(terminal, token))

    def bar_line(self, token: str) -> None:
        line = tokens.bar_line(token)
        self._accidentals.clear()
        if line.text == "[" and self._continues_bar_line():
            last = self.bars[-1]
            assert last.line is not None
            joined = BarLine(last.line.text, line.volta)
            self.bars[-1] = replace(last, line=joined, volta_start=self.at + len(line.text))
        else:
            starts = (*self._starts, self.at)
            volta_start = self.at + len(line.text)
            self.bars.append(Bar(tuple(self._elements), line, starts, volta_start))
        self._elements.clear()
        self._starts.clear()

    def _continues_bar_line(self) -> bool:
        """`| [1` is the same as `|1` (4.9)."""
        return (
            all(map(is_blank, self._elements))
            and bool(self.bars)
            and self.bars[-1].line != BarLine("[", "")
        )

    def finish(self) -> Voice:
        if not all(map(is_blank, self._elements)):
            self.bars.append(Bar(tuple(self._elements), None, tuple(self._starts)))
        bars = tuple(self.bars)
        verses: tuple[Verse, ...] = ()
        if self._has_words:
            # Imported here: few tunes have words.
            from tuneloom.grammar.tune.lyrics import read_verses

            verses = read_verses(bars)
        return Voice(self.id, self.properties, bars, verses, self._sounds_as_written)

    def _add(self, element: Element) -> None:
        self._elements.append(element)
        self._starts.append(self.at)

    def _scale(self, arrows: str) -> Fraction:
        """What a written length is multiplied by: unit, tuplet, and the arrows before and after it."""
        scale = self.unit
        if self._broken_next is not durations.ONE:
            scale, self._broken_next = scale * self._broken_next, durations.ONE
        if arrows:
            scale *= durations.broken_factors(arrows[0], len(arrows))[0]
        if self._tuplet_left:
            scale *= self._tuplet_factor
            self._tuplet_left -= 1
        return scale

    def _sounding(self, token: str, scale: Fraction) -> Note:
        written = tokens.note_token(token)
        letter = written.letter
        place = letter if self._scope == "pitch" else (letter, written.octave)
        if written.accidental:
            alter = ALTERATIONS[written.accidental]
            if self._scope != "not":
                self._accidentals[place] = alter
        elif self._tied and (letter, written.octave) in self._tied:
            alter = self._tied[letter, written.octave]
        else:
            alter = self._accidentals.get(place, self._alterations.get(letter, 0))
        return tokens.note(token, alter, scale.numerator, scale.denominator, self._transposition)

    def _after_timed(self, notes: Sequence[Note], all_tied: bool) -> None:
        """Only the very next note can be the other end of a tie."""
        self._tied = {(n.letter, n.octave): n.alteration for n in notes if n.tied or all_tied}
