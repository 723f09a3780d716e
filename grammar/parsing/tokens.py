"""What one token means by itself: text -> notes, rests, bar lines and marks.

The functions here are cached: the same tokens come again and again, and what they become is frozen.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache

from msgspec import Struct

from tuneloom.grammar.tune.durations import parse_length
from tuneloom.grammar.tune.elements import (
    DECORATION_LETTERS,
    Backquote,
    BarLine,
    BrokenRhythm,
    Decoration,
    Element,
    LineBreak,
    LineEnd,
    Note,
    Overlay,
    Quoted,
    Rest,
    SlurClose,
    SlurOpen,
    Space,
    Spacer,
)
from tuneloom.grammar.tune.pitch import (
    ACCIDENTAL_PATTERN,
    PITCH_PATTERN,
    natural_pitch,
    octave_of,
)

__all__ = [
    "NoteToken",
    "bar_line",
    "broken_rhythm",
    "chord_end",
    "decoration",
    "mark",
    "note",
    "note_token",
    "quoted",
    "rest",
    "token_groups",
]  # fmt: skip

_NOTE = re.compile(rf"({ACCIDENTAL_PATTERN})?({PITCH_PATTERN})([0-9/]*)(.*)")
_REST = re.compile(r"([zx])([0-9/]*)(\)*)")
_CHORD_END = re.compile(r"\]([0-9/]*)(.*)")


class NoteToken(Struct, frozen=True):
    """A NOTE token taken apart; how it sounds depends on the key, the bar and the notes before it."""

    letter: str
    octave: int
    accidental: str
    length: Fraction
    tied: bool
    slurs_closed: int


@lru_cache(maxsize=16384)
def note_token(token: str) -> NoteToken:
    """Take a NOTE token apart: accidental, letter, octave marks, length, tie and closing slurs."""
    accidental, pitch, length, tail = token_groups(_NOTE, token)
    tied, slurs = "-" in tail, tail.count(")")
    return NoteToken(
        pitch[0].upper(), octave_of(pitch), accidental, parse_length(length), tied, slurs
    )


@lru_cache(maxsize=65536)
def note(token: str, alter: int, numerator: int, denominator: int, transposition: int = 0) -> Note:
    """The note that a token is, with its alteration in semitones and its scale in whole notes.

    The scale comes as two integers, since the hash of a Fraction costs more than a note.
    """
    parts = note_token(token)
    return Note(
        parts.letter,
        parts.octave,
        parts.accidental,
        parts.length,
        parts.length * Fraction(numerator, denominator),
        natural_pitch(parts.letter, parts.octave) + alter + transposition,
        parts.tied,
        parts.slurs_closed,
        transposition,
    )


@lru_cache(maxsize=4096)
def rest(token: str, numerator: int, denominator: int) -> Rest:
    letter, text, slurs = token_groups(_REST, token)
    length = parse_length(text)
    return Rest(letter, length, length * Fraction(numerator, denominator), len(slurs))


@lru_cache(maxsize=4096)
def chord_end(token: str) -> tuple[Fraction, bool, int]:
    """What follows a chord's bracket: its length, whether it is tied, how many slurs close."""
    length, tail = token_groups(_CHORD_END, token)
    return parse_length(length), "-" in tail, tail.count(")")


@lru_cache(maxsize=256)
def broken_rhythm(token: str) -> tuple[BrokenRhythm, bool]:
    """The arrows, and whether a tie follows them."""
    arrows = token.strip(" \t-")
    return BrokenRhythm(arrows[0], len(arrows)), "-" in token


@lru_cache(maxsize=1024)
def bar_line(token: str) -> BarLine:
    text = token.rstrip("0123456789,-")
    return BarLine(text, token[len(text) :])


@lru_cache(maxsize=4096)
def decoration(token: str) -> Decoration:
    return Decoration(token[1:-1] if len(token) > 1 else DECORATION_LETTERS[token])


@lru_cache(maxsize=4096)
def quoted(token: str) -> Quoted:
    return Quoted(token[1:-1])


@lru_cache(maxsize=1024)
def mark(terminal: str, token: str) -> Element:
    """What a terminal is that takes no time and has no name: a blank, a slur, an overlay."""
    return _MARKS[terminal](token)


_MARKS: dict[str, Callable[[str], Element]] = {
    "BACKQUOTE": lambda token: Backquote(len(token)),
    "LINE_BREAK": lambda _: LineBreak(),
    "LINE_END": lambda _: LineEnd(),
    "OVERLAY": Overlay,
    "SLUR_CLOSE": lambda _: SlurClose(),
    "SLUR_OPEN": lambda token: SlurOpen(token.startswith("."), token.lstrip(".(")),
    "SPACE": lambda _: Space(),
    "SPACER": lambda token: Spacer(parse_length(token[1:])),
}


def token_groups(pattern: re.Pattern[str], token: str) -> tuple[str, ...]:
    """The groups of a pattern that takes a token apart, empty where one did not take part."""
    match = pattern.match(token)
    assert match is not None, f"the grammar took {token!r} for something else"
    return match.groups("")
