"""What the text of a plain bar says of it: its time, its ties, its accidentals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from tuneloom.grammar.tune.durations import has_note_sign, parse_length
from tuneloom.grammar.tune.pitch import (
    ACCIDENTAL_PATTERN,
    ALTERATIONS,
    PITCH_PATTERN,
    natural_pitch,
    octave_of,
)

__all__ = ["LONGEST_BAR", "PARTS", "PART_SIGN", "BarFacts", "bar_facts"]

PARTS = 192
"""What a unit note length is divided into, so that triplets of its 64th parts last whole numbers."""

PART_SIGN = "\x01"
"""What stands where a part begins, in music without fields."""

LONGEST_BAR = 200
"""How many characters of a bar are worth remembering."""

_NOTE = rf"(?:(?:{ACCIDENTAL_PATTERN})?{PITCH_PATTERN}|[zx])[0-9/]*\)?(?:[ \t]*-)?[<>]?"
_GRACE = rf"\{{/?(?:{PITCH_PATTERN}[0-9/]*)+\}}"
_TEXT_OR_MARK = r'"[^"\\\n]*"|[.~HPTuvLM]'
_BAR = re.compile(rf"[ \t\n]*{PART_SIGN}?(?:[ \t\n`$]|{_TEXT_OR_MARK}|{_GRACE}|\(3?|{_NOTE})*")
_NOT_NOTES = re.compile(rf"{_TEXT_OR_MARK}|{_GRACE}")
# In the order of `_Sign`.
_NOTES = re.compile(
    rf"(\(3?)|({ACCIDENTAL_PATTERN})?({PITCH_PATTERN}|[zx])([0-9/]*)(\)?)[ \t]*(-?)([<>]?)"
)
# Most bars have nothing but notes and rests, texts and marks: these need not be taken apart.
_BESIDE = re.compile(_TEXT_OR_MARK)
_NOTES_ALONE = re.compile(r"[ \t\n]*(?:[A-Ga-gz][,']*[0-9/]*[ \t\n]*)+")
_NOTE_ALONE = re.compile(r"([A-Ga-gz][,']*)([0-9/]*)")


class _Sign(NamedTuple):
    """What `_NOTES` finds: a note or a rest, or what opens a slur or a triplet."""

    opening: str
    accidental: str
    pitch: str
    length: str
    slur_end: str
    tie: str
    arrow: str


_NONE = _Sign("", "", "", "", "", "", "")


class BarFacts(NamedTuple):
    """What a bar says of itself, whatever the key and the metre.

    `time` is in parts of the unit note length. `first` is the pitch of its first note as written, empty if
    that is a rest or has an accidental; `tied` that of a last note with a tie. `accidentals` has letters
    with the semitones that accidentals give them. `ties` says whether each tie but one at the end leads to
    the pitch that it comes from. `slurs` has the semitones between the first two notes of each slur, but for
    their accidentals; it is None if a slur has one end in the bar, or is within another.
    """

    time: int = 0
    has_notes: bool = False
    begins_part: bool = False
    first: str = ""
    tied: str = ""
    accidentals: frozenset[tuple[str, int]] = frozenset()
    ties: bool = True
    slurs: tuple[int, ...] | None = ()


@lru_cache(maxsize=16384)
def bar_facts(text: str) -> BarFacts | None:
    """What is known of a bar of at most `LONGEST_BAR` characters by its text; None if it is not plain."""
    alone = _NOTES_ALONE.fullmatch(_BESIDE.sub(" ", text))
    if alone:
        return _facts_of_notes(_NOTE_ALONE.findall(alone[0]))
    if not _BAR.fullmatch(text):
        return None
    part = text.lstrip(" \t\n").startswith(PART_SIGN)
    signs = [_Sign(*groups) for groups in _NOTES.findall(_NOT_NOTES.sub(" ", text))]
    notes = [sign for sign in signs if sign.pitch]
    if not notes:
        return None if signs else BarFacts(begins_part=part)
    time = _time_of_notes(sign for sign in signs if sign.opening != "(")
    if time is None:
        return None
    first, last = notes[0], notes[-1]
    return BarFacts(
        time,
        any(note.pitch not in "zx" for note in notes),
        part,
        "" if first.accidental or first.pitch in "zx" else first.pitch,
        last.pitch if last.tie else "",
        frozenset((n.pitch[0].upper(), ALTERATIONS[n.accidental]) for n in notes if n.accidental),
        all(map(_is_held, notes, notes[1:])),
        _slur_intervals(signs),
    )


def _facts_of_notes(notes: list[tuple[str, str]]) -> BarFacts | None:
    """The same of notes and rests alone, each a pitch and a length."""
    time = 0
    for _, length in notes:
        own = _note_time(length)
        if own is None:
            return None
        time += own
    first = notes[0][0]
    has_notes = first != "z" or any(pitch != "z" for pitch, _ in notes)
    return BarFacts(time, has_notes, first="" if first == "z" else first)


def _is_held(note: _Sign, following: _Sign) -> bool:
    """Whether a tie, if there is one, leads to the pitch that it comes from."""
    return not note.tie or (following.pitch == note.pitch and not following.accidental)


def _slur_intervals(signs: list[_Sign]) -> tuple[int, ...] | None:
    """The `slurs` of a bar with these signs."""
    intervals: list[int] = []
    is_open = False
    for index, sign in enumerate(signs):
        if sign.opening == "(":
            first, second = [*(s for s in signs[index + 1 :] if s.pitch), _NONE, _NONE][:2]
            if is_open or not second.pitch or first.slur_end:
                return None
            is_open = True
            if first.pitch not in "zx" and second.pitch not in "zx":
                intervals.append(abs(_natural(first.pitch) - _natural(second.pitch)))
        elif sign.slur_end:
            if not is_open:
                return None
            is_open = False
    return None if is_open else tuple(intervals)


def _natural(pitch: str) -> int:
    return natural_pitch(pitch[0].upper(), octave_of(pitch))


def _time_of_notes(signs: Iterator[_Sign]) -> int | None:
    """How long notes last, in parts of a unit note length; None if they do not add up plainly."""
    total = 0
    for sign in signs:
        if sign.opening:
            own = _time_of_triplet(signs)
        elif sign.arrow:
            own = _time_of_pair(sign, next(signs, _NONE))
        else:
            own = _note_time(sign.length)
        if own is None:
            return None
        total += own
    return total


def _time_of_triplet(signs: Iterator[_Sign]) -> int | None:
    total = 0
    for _ in range(3):
        note = next(signs, _NONE)
        parts = _in_parts(note.length)
        if not note.pitch or note.arrow or parts is None:
            return None
        total += 2 * parts
    # A third of it that is left over is a note too many, or one that is missing.
    return total // 3 if total % 9 == 0 else None


def _time_of_pair(first: _Sign, second: _Sign) -> int | None:
    """The time of two notes with an arrow between them (4.4)."""
    first_parts, second_parts = _in_parts(first.length), _in_parts(second.length)
    if not second.pitch or second.arrow or first.tie or not first_parts or not second_parts:
        return None
    if first_parts % 2 or second_parts % 2:
        return None
    long, short = (3, 1) if first.arrow == ">" else (1, 3)
    both = first_parts * long // 2, second_parts * short // 2
    return sum(both) if all(map(_has_sign, both)) else None


@lru_cache(maxsize=1024)
def _in_parts(length: str) -> int | None:
    parts = parse_length(length) * PARTS
    return parts.numerator if parts.denominator == 1 and parts else None


@lru_cache(maxsize=1024)
def _note_time(length: str) -> int | None:
    """How long a note lasts that has a sign of its own."""
    parts = _in_parts(length)
    return parts if parts is not None and _has_sign(parts) else None


@lru_cache(maxsize=1024)
def _has_sign(parts: int) -> bool:
    return has_note_sign(Fraction(parts, PARTS))
