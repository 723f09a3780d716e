"""What a training text has said so far, as far as bars are concerned: a small tuple that can be hashed.

Time is counted in whole numbers, `TICKS` to a whole note. No pitch is among what is kept: which note a tie
asks for is the business of `ties.py`, so that the states here stay few.
"""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

__all__ = [
    "END", "PLAIN", "START", "TICKS", "UNCLEAR", "UNTIMED", "At", "Factor", "Phase", "State", "Tuplet",
]  # fmt: skip

TICKS = 2048
"""Ticks to a whole note: an eighth of the shortest unit note length, cut by `>>>`, is still one."""

UNTIMED = 0
"""The length of a bar that has none, as in M:none."""

UNCLEAR = -1
"""Where a repeat sign would go back to, as `At.repeat`: to the last one, or to a double bar behind it?"""

END = ""
"""The mark behind a whole tune, among the characters that may come next."""

Factor = tuple[int, int]
PLAIN: Factor = (1, 1)


class Tuplet(NamedTuple):
    """A tuplet that lacks notes: p of them in the time of q, `left` to come, `eighths` of a unit so far."""

    p: int
    q: int
    left: int
    eighths: int


class At(NamedTuple):
    """A place between two tokens."""

    whole: int = UNTIMED  # what the bar asks for
    unit: int = 0  # what L: says; 0 before it has said anything
    # What the bar has, without the notes of a tuplet that is open. A bar that the end of a section
    # splits goes on behind it.
    time: int = 0
    begun: bool = False  # whether anything behind the last bar line takes time
    first: bool = True  # whether this is the bar that begins the tune
    # 1 within one that must be closed; 2 right behind `::`, where a tune may end; or UNCLEAR
    repeat: int = 0
    ending: int = 0  # the number of the volta begun last
    sung: bool = False  # whether a tune could end with the notes so far; rests alone are none
    tied: bool = False  # whether a note has to come, since a tie leads to it
    factor: Factor = PLAIN  # what an arrow does to the next note
    tuplet: Tuplet | None = None
    pickup: int = 0  # what the bar lasts that began the tune, if it is short
    upbeat: bool = False  # whether what a repeat goes back to begins with the pickup


class Phase(IntEnum):
    """Which token is being written, or was written last."""

    RHYTHM = 0  # in R: or, where it is missing, M:; `text` is what there is of the line
    METRE = 1
    UNIT = 2
    KEY = 3
    BODY = 4  # before the first bar
    OPENING = 5  # within a `|:` that has no music before it
    BAR = 6  # behind a bar line, a line feed or a field that begins a bar; `text` says which
    BETWEEN = 7  # within a bar, behind a field
    SPACE = 8
    ACCIDENTAL = 9
    NOTE = 10  # `text` is what there is of its length; so with the next two
    REST = 11
    TIE = 12
    ARROW = 13  # `text` is the length of the note before, then arrows
    BRACKET = 14  # `text` has the letters of the fields that may stand in it
    CHORD = 15  # `text` is empty behind a note of it, `^` behind an accidental
    FIELD = 16  # `text` is what there is of it
    TUPLET = 17  # so with this
    LINE = 18  # and with a bar line; the bar is not counted before it is clear which line it is
    OVER = 19  # behind the line feed that ends a tune without a bar line


class State(NamedTuple):
    phase: Phase
    text: str
    at: At


START = State(Phase.RHYTHM, "", At())
