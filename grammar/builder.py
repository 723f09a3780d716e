"""The tree that Lark makes -> a Tune: what each token means, in the order in which it is read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from lark import Token, Tree

from grammar import rhythm
from grammar.key import NO_KEY, Key, parse_key
from grammar.tune import (
    Bar,
    BarLine,
    BrokenRhythm,
    Chord,
    Decoration,
    Element,
    Field,
    GraceGroup,
    Mark,
    MultiRest,
    Note,
    Quoted,
    Rest,
    Tune,
    Tuplet,
)  # fmt: skip

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Node = Token | Tree[Token]

__all__ = ["build"]

_NOTE = re.compile(r"(\^\^|\^|=|__|_)?([A-Ga-g])([,']*)([0-9/]*)(.*)")
_REST = re.compile(r"([zx])([0-9/]*)(.*)")
_CHORD_CLOSE = re.compile(r"\]([0-9/]*)(.*)")
_SEMITONES = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_ALTERATIONS = {"^^": 2, "^": 1, "=": 0, "_": -1, "__": -2}


# Tokens repeat so much, and what they become is frozen, that one instance serves for all: the functions
# below are remembered.


@dataclass(frozen=True, slots=True)
class _Written:
    """A NOTE token taken apart."""

    letter: str
    octave: int
    accidental: str
    length: Fraction
    tied: bool
    slurs_closed: int


@lru_cache(maxsize=16384)
def _written(token: str) -> _Written:
    match = _NOTE.match(token)
    assert match is not None, token
    accidental, letter, octave, length, tail = match.groups()
    return _Written(
        letter.upper(),
        (5 if letter.islower() else 4) + octave.count("'") - octave.count(","),
        accidental or "",
        rhythm.parse_length(length),
        "-" in tail,
        tail.count(")"),
    )


# A duration's scale comes as two integers, since the hash of a Fraction costs more than a note.
@lru_cache(maxsize=65536)
def _note(token: str, alter: int, numerator: int, denominator: int) -> Note:
    written = _written(token)
    return Note(
        written.letter,
        written.octave,
        written.accidental,
        written.length,
        written.length * Fraction(numerator, denominator),
        12 * written.octave + 12 + _SEMITONES[written.letter] + alter,
        written.tied,
        written.slurs_closed,
    )


@lru_cache(maxsize=4096)
def _rest(token: str, numerator: int, denominator: int) -> Rest:
    match = _REST.match(token)
    assert match is not None, token
    length = rhythm.parse_length(match[2])
    return Rest(match[1], length, length * Fraction(numerator, denominator))


@lru_cache(maxsize=4096)
def _decoration(token: str) -> Decoration:
    return Decoration(token.strip("!") if len(token) > 1 else token)


_quoted = lru_cache(maxsize=4096)(Quoted)
_mark = lru_cache(maxsize=1024)(Mark)


@lru_cache(maxsize=1024)
def _bar_line(token: str) -> BarLine:
    text = token.rstrip("0123456789,-")
    return BarLine(text, token[len(text) :])


@dataclass(slots=True)
class _Builder:
    """Reads tokens one after the other and keeps what the next one's meaning depends on."""

    fields: list[Field] = field(default_factory=list)
    meter: str = "none"
    unit: Fraction | None = None
    key: Key = NO_KEY
    alterations: dict[str, int] = field(default_factory=dict)
    accidentals: dict[str, int] = field(default_factory=dict)
    tied: dict[tuple[str, int], int] = field(default_factory=dict)
    tuplet_factor: Fraction = rhythm.ONE
    tuplet_left: int = 0
    broken_next: Fraction = rhythm.ONE
    elements: list[Element] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)

    # -- fields

    def header_field(self, token: str) -> None:
        self.fields.append(self._take_field(token[0], token[2:]))

    def body_field(self, token: str) -> None:
        self.elements.append(self._take_field(token[0], token[2:]))

    def inline_field(self, token: str) -> None:
        self.elements.append(self._take_field(token[1], token[3:-1]))

    def _take_field(self, letter: str, value: str) -> Field:
        value = value.strip()
        if letter == "K":
            self._unit()  # the first K: ends the header, and with it the wait for L:
            self.key = parse_key(value)
            self.alterations = dict(self.key.alterations)
            self.accidentals.clear()
        elif letter == "M":
            self.meter = value or "none"
        elif letter == "L":
            self.unit = rhythm.parse_unit(value)
        return Field(letter, value)

    # -- music

    def note(self, token: str, following: str) -> None:
        note = self._note(str(token), self._scale(following))
        self.elements.append(note)
        if self.tied or note.tied:
            self._after_timed()

    def rest(self, token: str, following: str) -> None:
        scale = self._scale(following)
        self.elements.append(_rest(str(token), scale.numerator, scale.denominator))
        self.tied = {}

    def chord(self, tree: Tree[Token], following: str) -> None:
        tokens = [t for t in tree.children if isinstance(t, Token)]
        match = _CHORD_CLOSE.match(tokens[-1])
        assert match is not None, tokens
        length = rhythm.parse_length(match[1])
        scale = self._scale(following) * length
        notes = tuple(self._note(str(t), scale) for t in tokens if t.type == "NOTE")
        self._marks_of_chord(tokens)
        self.elements.append(
            Chord(notes, length, notes[0].duration, "-" in match[2], match[2].count(")"))
        )
        self._after_timed()

    def _marks_of_chord(self, tokens: Sequence[Token]) -> None:
        """What stands before a note inside a chord belongs to the chord."""
        for token in tokens:
            if token.type in ("DECORATION", "EMPHASIS"):
                self.decoration(token)
            elif token.type == "CHORD_SYMBOL":
                self.quoted(token)

    def grace(self, tree: Tree[Token]) -> None:
        """Grace notes take no time, and their accidentals do not last (4.12)."""
        kept, self.tied = self.tied, {}
        accidentals = dict(self.accidentals)
        notes: list[Note | Chord] = []
        for child in tree.children:
            if isinstance(child, Tree):
                inner = [t for t in child.children if isinstance(t, Token) and t.type == "NOTE"]
                members = tuple(self._note(str(t), self._unit()) for t in inner)
                notes.append(Chord(members, rhythm.ONE, members[0].duration))
            elif child.type == "NOTE":
                notes.append(self._note(str(child), self._unit()))
        self.tied, self.accidentals = kept, accidentals
        self.elements.append(GraceGroup(tuple(notes), "/" in str(tree.children[0])))

    def tuplet(self, token: str) -> None:
        p, q, r = (*token[1:].split(":"), "", "")[:3]
        time = int(q) if q else rhythm.tuplet_time(int(p), self.meter)
        reach = int(r) if r else int(p)
        self.tuplet_factor, self.tuplet_left = Fraction(time, int(p)), reach
        self.elements.append(Tuplet(int(p), time, reach))

    def broken_rhythm(self, token: str) -> None:
        arrows = token.strip(" \t-")
        if "-" in token:
            self._tie_last_note()
        self.broken_next = rhythm.broken_factors(arrows[0], len(arrows))[1]
        self.elements.append(BrokenRhythm(arrows[0], len(arrows)))

    def _tie_last_note(self) -> None:
        last = self.elements[-1]
        if isinstance(last, Note | Chord):
            self.elements[-1] = replace(last, tied=True)
            self._after_timed()

    def multi_rest(self, token: str) -> None:
        self.elements.append(MultiRest(token[0], int(token[1:] or 1)))

    def decoration(self, token: str) -> None:
        self.elements.append(_decoration(str(token)))

    def quoted(self, token: str) -> None:
        self.elements.append(_quoted(token[1:-1]))

    def mark(self, token: str) -> None:
        self.elements.append(_mark(str(token)))

    def bar_line(self, token: str) -> None:
        line = _bar_line(str(token))
        self.accidentals.clear()
        if line.text == "[" and self._continues_bar_line():
            last = self.bars[-1]
            assert last.line is not None
            self.bars[-1] = Bar(last.elements, BarLine(last.line.text, line.volta))
            self.elements.clear()
            return
        self.bars.append(Bar(tuple(self.elements), line))
        self.elements.clear()

    def _continues_bar_line(self) -> bool:
        """`| [1` is the same as `|1` (4.9)."""
        blank = all(isinstance(e, Mark) and not e.text.strip() for e in self.elements)
        return blank and bool(self.bars) and self.bars[-1].line != BarLine("[", "")

    def finish(self) -> Tune:
        if self.elements:
            self.bars.append(Bar(tuple(self.elements), None))
        header_meter = next((f.value or "none" for f in self.fields if f.letter == "M"), "none")
        header_unit = next((f.value for f in self.fields if f.letter == "L"), "")
        header_key = next((f.value for f in self.fields if f.letter == "K"), "")
        unit = rhythm.parse_unit(header_unit) if header_unit else rhythm.default_unit(header_meter)
        return Tune(tuple(self.fields), header_meter, unit, parse_key(header_key), tuple(self.bars))

    # -- what a note means here

    def _unit(self) -> Fraction:
        if self.unit is None:
            self.unit = rhythm.default_unit(self.meter)
        return self.unit

    def _scale(self, following: str) -> Fraction:
        """What a written length is multiplied by: unit, tuplet, the arrows before and behind."""
        scale = self._unit()
        if self.broken_next is not rhythm.ONE:
            scale, self.broken_next = scale * self.broken_next, rhythm.ONE
        if following:
            scale *= rhythm.broken_factors(following[0], len(following))[0]
        if self.tuplet_left:
            scale *= self.tuplet_factor
            self.tuplet_left -= 1
        return scale

    def _note(self, token: str, scale: Fraction) -> Note:
        written = _written(token)
        letter = written.letter
        if written.accidental:
            alter = self.accidentals[letter] = _ALTERATIONS[written.accidental]
        elif self.tied and (letter, written.octave) in self.tied:
            alter = self.tied[letter, written.octave]
        else:
            alter = self.accidentals.get(letter, self.alterations.get(letter, 0))
        return _note(token, alter, scale.numerator, scale.denominator)

    @staticmethod
    def _alter(note: Note) -> int:
        return note.pitch - (12 * note.octave + 12 + _SEMITONES[note.letter])

    def _after_timed(self) -> None:
        """Only the very next note can be the other end of a tie."""
        last = self.elements[-1]
        notes = last.notes if isinstance(last, Chord) else (last,)
        all_tied = isinstance(last, Chord) and last.tied
        self.tied = {
            (n.letter, n.octave): self._alter(n)
            for n in notes
            if isinstance(n, Note) and (n.tied or all_tied)
        }


def build(tree: Tree[Token]) -> Tune:
    """Read the tree of a whole tune."""
    builder = _Builder()
    in_header = True
    for child in tree.children:
        if isinstance(child, Tree):
            _read_line(builder, child.children)
        elif in_header:
            builder.header_field(child.rstrip("\n"))
            in_header = child.type != "KEY_FIELD"
        else:
            builder.body_field(child.rstrip("\n"))
    return builder.finish()


_PLAIN: dict[str, Callable[[_Builder, str], None]] = {
    "INLINE_FIELD": _Builder.inline_field,
    "TUPLET": _Builder.tuplet,
    "BROKEN_RHYTHM": _Builder.broken_rhythm,
    "MULTI_REST": _Builder.multi_rest,
    "DECORATION": _Builder.decoration,
    "EMPHASIS": _Builder.decoration,
    "CHORD_SYMBOL": _Builder.quoted,
    "BAR_LINE": _Builder.bar_line,
}


def _read_line(builder: _Builder, children: Sequence[Node]) -> None:
    for index, child in enumerate(children):
        if isinstance(child, Tree):
            if child.data == "grace":
                builder.grace(child)
            else:
                builder.chord(child, _broken_after(children, index))
        elif child.type == "NOTE":
            builder.note(child, _broken_after(children, index))
        elif child.type == "REST":
            builder.rest(child, _broken_after(children, index))
        else:
            _PLAIN.get(child.type, _Builder.mark)(builder, child)


def _broken_after(children: Sequence[Node], index: int) -> str:
    """The arrows that follow a note directly, or an empty text. A line end always follows."""
    following = children[index + 1]
    if isinstance(following, Token) and following.type == "BROKEN_RHYTHM":
        return following.strip(" \t-")
    return ""
