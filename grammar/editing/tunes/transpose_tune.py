"""Transposes the source text of a tune, and leaves everything but its pitches as it was.

Each note, key and chord symbol moves along the line of fifths, so a note keeps the accidentals that it has
and gets no others. The result is read again: a note that does not sound as it should, because a key is
spelt otherwise or three accidentals would be needed, gets an accidental of its own, and a tune that would
still not be the same music is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Hashable

from msgspec import Struct
from msgspec.structs import replace

from tuneloom.grammar.editing.tunes.each_tune import CannotEdit
from tuneloom.grammar.editing.tunes.moved_keys import moved_key_value
from tuneloom.grammar.editing.tunes.transposition import Transposition, fifths_by_offset
from tuneloom.grammar.parsing.nodes import Node, Token, Tree
from tuneloom.grammar.parsing.parser import parse
from tuneloom.grammar.parsing.result import ParsedTune
from tuneloom.grammar.source.source_edits import FIRST_LINE, SourceEdits
from tuneloom.grammar.tune.elements import (
    Chord,
    Element,
    Field,
    GraceGroup,
    Note,
    Quoted,
    Tune,
    notes_of_element,
)
from tuneloom.grammar.tune.key import has_signature
from tuneloom.grammar.tune.pitch import (
    ACCIDENTAL_PATTERN,
    ACCIDENTALS,
    ALTERATIONS,
    LETTERS,
    PITCH_PATTERN,
    Unspellable,
    degree_of,
    degrees_of_interval,
    natural_pitch,
    spell_degree,
    transposed_letter,
)
from tuneloom.grammar.tune.quoted import is_chord_symbol, transposed_chord_symbol

__all__ = ["transpose_tune"]

_WRITTEN_PITCH = re.compile(rf"({ACCIDENTAL_PATTERN})?({PITCH_PATTERN})")
_QUOTED = re.compile(r'"([^"\\]*)"')
_HIGHEST = 127
_MAX_ROUNDS = 12


def transpose_tune(
    parsed: ParsedTune, text: str, move: Transposition, file_header: str = ""
) -> str:
    """The text of a tune transposed, with as many lines as before.

    `parsed` is the text, parsed from line `FIRST_LINE` with the file header.

    Raises:
        CannotEdit: why the music cannot be transposed exactly.
    """
    speller = _TuneSpeller(parsed, move)
    if not speller.moves_anything():
        return text
    for _ in range(_MAX_ROUNDS):
        moved = speller.spelt(text)
        after = parse(moved, FIRST_LINE, file_header)
        if not after.parseable or _tune_without_pitches(parsed.tune) != _tune_without_pitches(
            after.tune
        ):
            break
        if not speller.correct(after):
            return moved
    raise CannotEdit("the text does not have all of its notes as they sound")


class _NoteInText(Struct, frozen=True):
    """A note with its token, and the offset of the element that it is in: a chord, grace notes or itself."""

    token: Token
    note: Note
    element: int


def _notes_in_text(parsed: ParsedTune) -> list[_NoteInText]:
    """The notes of all voices in the order of the text."""
    tokens: dict[int, list[Token]] = {}
    for line in parsed.tree.children:
        for node in line.children if isinstance(line, Tree) else ():
            found = list(node.tokens()) if isinstance(node, Tree) else [node]
            tokens[found[0].start] = [token for token in found if token.type == "NOTE"]
    notes: dict[int, list[Note]] = {}
    for voice in parsed.tune.voices:
        for bar in voice.bars:
            for element, start in zip(bar.elements, bar.starts, strict=False):
                notes.setdefault(start, []).extend(notes_of_element(element))
    return [
        _NoteInText(token, note, start)
        for start in sorted(notes)
        for token, note in zip(tokens.get(start, ()), notes[start], strict=False)
    ]


class _TuneSpeller:
    """Spells the notes, keys and chord symbols of a tune anew."""

    def __init__(self, parsed: ParsedTune, move: Transposition) -> None:
        self._parsed = parsed
        self._move = move
        self._fifths = fifths_by_offset(parsed.tune, move)
        self._notes = _notes_in_text(parsed)
        self._explicit: set[int] = set()

    def moves_anything(self) -> bool:
        """Whether there is more than percussion, and anything to do with it."""
        semitones = self._move.semitones
        return any(fifths or (semitones and fifths == 0) for fifths in self._fifths.values())

    def correct(self, after: ParsedTune) -> bool:
        """Give the notes that sound otherwise than they should an accidental; False if there is none."""
        pairs = enumerate(zip(self._notes, _notes_in_text(after), strict=True))
        wrong = {i for i, (old, new) in pairs if self._sound_of(old) != new.note.pitch}
        if wrong & self._explicit:
            raise CannotEdit("macros (m:) write some of its notes")
        self._explicit |= wrong
        return bool(wrong)

    def spelt(self, text: str) -> str:
        """The text in its new spelling."""
        edits = SourceEdits(text.split("\n"), self._parsed.resolved)
        for index, each in enumerate(self._notes):
            written = _WRITTEN_PITCH.match(each.token)
            assert written is not None, "a note has a pitch"
            spelling = self._spell(each, *written.groups(""), explicit=index in self._explicit)
            edits.replace(each.token.start, written[0], spelling)
        for line in self._parsed.tree.children:
            if isinstance(line, Tree):
                for node in line.children:
                    self._move_marks(node, edits)
            else:
                self._move_field(line, edits)
        return "\n".join(edits.edited_lines())

    def _sound_of(self, each: _NoteInText) -> int:
        """The pitch that a note is to have; percussion keeps its own."""
        is_moved = self._fifths[each.element] is not None
        return each.note.pitch + (self._move.semitones if is_moved else 0)

    def _spell(self, each: _NoteInText, accidental: str, pitch: str, *, explicit: bool) -> str:
        sound = self._sound_of(each)
        if not 0 <= sound <= _HIGHEST:
            raise CannotEdit("a note would be outside the range of MIDI, 0 to 127")
        fifths = self._fifths[each.element]
        degree = degree_of(pitch)
        alter = ALTERATIONS.get(accidental, 0)
        if fifths is not None:
            degree += degrees_of_interval(self._move.semitones, fifths)
            _, alter = transposed_letter(pitch[0].upper(), alter, fifths)
        if explicit or (accidental and alter not in ACCIDENTALS):
            degree, alter = _spelling_near(degree, sound - each.note.transposition)
            accidental = ACCIDENTALS[alter]
        elif accidental:
            accidental = ACCIDENTALS[alter]
        return accidental + spell_degree(degree)

    def _move_field(self, token: Token, edits: SourceEdits) -> None:
        """A field of its own line: K:, or the chord symbols of s:."""
        if token.type == "KEY_FIELD":
            self._move_key(
                token.start + 2, token[2:].rstrip("\n"), self._fifths_of_key(token), edits
            )
        elif token.startswith("s:"):
            for match in _QUOTED.finditer(token):
                self._move_chord(token.start, token.start, match, edits)

    def _move_marks(self, node: Node, edits: SourceEdits) -> None:
        """Inline fields and chord symbols, also those inside of chords."""
        tokens = list(node.tokens()) if isinstance(node, Tree) else [node]
        for token in tokens:
            if token.type == "INLINE_FIELD" and token.startswith("[K:"):
                fifths = self._fifths.get(token.start)
                self._move_key(token.start + 3, token[3:-1], fifths, edits)
            elif token.type == "CHORD_SYMBOL" and (match := _QUOTED.match(token)):
                self._move_chord(tokens[0].start, token.start, match, edits)

    def _move_chord(
        self, element: int, start: int, match: re.Match[str], edits: SourceEdits
    ) -> None:
        """Move a match of `_QUOTED` in a token from `start`, which belongs to the element at an offset."""
        fifths = self._fifths.get(element)
        if fifths:
            moved = transposed_chord_symbol(match[1], fifths)
            _replace(edits, start + match.start(1), match[1], moved)

    def _move_key(self, start: int, value: str, fifths: int | None, edits: SourceEdits) -> None:
        if not fifths or not has_signature(value):
            return
        try:
            moved = moved_key_value(value, fifths)
        except Unspellable:
            raise CannotEdit(f"K:{value.strip()} has no spelling in its new place") from None
        _replace(edits, start, value, moved)

    def _fifths_of_key(self, token: Token) -> int | None:
        """How far a K: goes; that of the header goes nowhere where all is percussion."""
        if token.start in self._fifths:
            return self._fifths[token.start]
        return self._move.fifths(self._parsed.tune.key)


def _replace(edits: SourceEdits, start: int, written: str, moved: str) -> None:
    if written != moved and not edits.replace(start, written, moved):
        raise CannotEdit(
            f"{written} is not written where it is read, but in a field such as U: or m:"
        )


def _spelling_near(degree: int, pitch: int) -> tuple[int, int]:
    """The place on the staff, near another, at which a pitch has the smallest accidental."""
    ways = [(near, pitch - _natural_at(near)) for near in range(degree - 3, degree + 4)]
    return min(ways, key=lambda way: (abs(way[1]), abs(way[0] - degree)))


def _natural_at(degree: int) -> int:
    octave, letter = divmod(degree, 7)
    return natural_pitch(LETTERS[letter], octave)


def _tune_without_pitches(tune: Tune) -> Hashable:
    """All of a tune but its pitches, keys and chord symbols."""
    return tuple(
        (
            voice.id,
            voice.properties,
            voice.verses,
            [(list(map(_without_pitch, bar.elements)), bar.line) for bar in voice.bars],
        )
        for voice in tune.voices
    )


def _without_pitch(element: Element) -> Hashable:
    match element:
        case Note():
            return element.duration, element.length, element.tied, element.slurs_closed
        case Chord(notes=notes) | GraceGroup(notes=notes):
            return type(element), *map(_without_pitch, notes), replace(element, notes=())
        case Quoted(text=text):
            return Quoted, is_chord_symbol(text) or text
        case Field(letter="K" | "s"):
            return element.letter
    return element
