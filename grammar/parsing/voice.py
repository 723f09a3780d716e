"""Reads one voice, in which the meaning of a token depends on what came before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

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
)
from tuneloom.grammar.tune.key import Key, parse_key
from tuneloom.grammar.tune.lyrics import read_verses
from tuneloom.grammar.tune.pitch import ALTERATIONS, natural_pitch

__all__ = ["VoiceReader"]


@dataclass(slots=True)
class VoiceReader:
    """Collects the bars of a voice. `at` is the offset of the token that is being read."""

    id: str
    properties: str
    meter: str
    unit: Fraction
    at: int = 0
    bars: list[Bar] = field(default_factory=list)
    _alterations: dict[str, int] = field(default_factory=dict)
    _accidentals: dict[str, int] = field(default_factory=dict)
    _tied: dict[tuple[str, int], int] = field(default_factory=dict)
    _tuplet_factor: Fraction = durations.ONE
    _tuplet_left: int = 0
    _broken_next: Fraction = durations.ONE
    _elements: list[Element] = field(default_factory=list)
    _starts: list[int] = field(default_factory=list)
    _has_words: bool = False
    _has_notes: bool = False

    def has_music(self) -> bool:
        return self._has_notes

    def set_key(self, key: Key) -> None:
        self._alterations = dict(key.alterations)
        self._accidentals.clear()

    def field(self, letter: str, value: str) -> None:
        if letter == "K":
            self.set_key(parse_key(value))
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
        verses = read_verses(self.bars) if self._has_words else ()
        return Voice(self.id, self.properties, tuple(self.bars), verses)

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
        if written.accidental:
            alter = self._accidentals[letter] = ALTERATIONS[written.accidental]
        elif self._tied and (letter, written.octave) in self._tied:
            alter = self._tied[letter, written.octave]
        else:
            alter = self._accidentals.get(letter, self._alterations.get(letter, 0))
        return tokens.note(token, alter, scale.numerator, scale.denominator)

    def _after_timed(self, notes: Sequence[Note], all_tied: bool) -> None:
        """Only the very next note can be the other end of a tie."""
        self._tied = {
            (n.letter, n.octave): n.pitch - natural_pitch(n.letter, n.octave)
            for n in notes
            if n.tied or all_tied
        }
