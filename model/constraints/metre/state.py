"""The state of a training text as far as its bars are concerned: a small hashable tuple.

Durations are whole numbers of ticks, `TICKS` to a whole note. Pitch is left to `ties`, which keeps the number
of states here small.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

__all__ = [
    "AMBIGUOUS", "END", "HEADER_PHASES", "PLAIN", "START", "TICKS", "UNTIMED", "BarState", "Factor",
    "MetreState", "OpenTuplet", "Phase", "Successors",
]  # fmt: skip

TICKS = 2048
"""Ticks to a whole note: an eighth of the shortest unit note length, cut by `>>>`, is a whole tick."""

UNTIMED = 0
"""The length of a bar in free metre, as after M:none."""

AMBIGUOUS = -1
"""A value of `BarState.repeat`: a repeat could go back to the last repeat sign or to a later double bar."""

END = ""
"""The end of the tune, among the characters that may come next."""

Factor = tuple[int, int]
"""A fraction by which a note is lengthened or shortened: numerator, denominator."""

PLAIN: Factor = (1, 1)


class OpenTuplet(NamedTuple):
    """A tuplet with notes to come: `p` notes in the time of `q`.

    `left` notes are missing; those written so far add up to `eighths` of a unit note length.
    """

    p: int
    q: int
    left: int
    eighths: int


class BarState(NamedTuple):
    """What is known between two tokens. Durations are in ticks."""

    bar_length: int = UNTIMED  # what the metre asks for
    unit: int = 0  # the unit note length; 0 before the L: field
    # The bar so far, without an open tuplet. A bar that is split by the end of a section goes on after it.
    elapsed: int = 0
    has_content: bool = False  # whether a note or rest follows the last bar line
    is_first_bar: bool = True
    # 1 inside a repeat that must be closed, 2 directly after `::`, where the tune may end, or AMBIGUOUS
    repeat: int = 0
    ending: int = 0  # the number of the latest volta
    has_note: bool = False  # a tune of rests alone may not end
    is_tied: bool = False  # whether the next note is the end of a tie
    broken_factor: Factor = PLAIN  # what broken rhythm does to the next note
    tuplet: OpenTuplet | None = None
    pickup: int = 0  # the length of the pickup; 0 without one
    repeats_pickup: bool = False  # whether a repeat goes back to the pickup


Phase = Literal[
    "rhythm",  # in R:, or in M: where R: is missing; `text` is the line so far
    "metre",
    "unit",
    "key",
    "body",  # before the first bar
    "opening",  # in a `|:` before which there is no music
    "bar",  # after a bar line, a line feed or a field at the start of a bar; `text` says which
    "between",  # after a field inside a bar
    "space",
    "accidental",
    "note",  # `text` is the length so far, here and in the next two
    "rest",
    "tie",
    "arrow",  # `text` is the length of the note before it, then the arrows
    "bracket",  # `text` has the letters of the fields that may be in it
    "chord",  # `text` is empty after a note, `^` after an accidental
    "field",  # `text` is the field so far
    "tuplet",  # `text` is the tuplet so far
    "line",  # `text` is the bar line so far; the bar is counted once it is clear which one it is
    "over",  # after the line feed that ends a tune without a bar line
]
"""The token that is being written, or was written last."""

HEADER_PHASES: tuple[Phase, ...] = ("rhythm", "metre", "unit", "key")


class MetreState(NamedTuple):
    """A state of the automaton of bars; what `text` holds depends on the phase."""

    phase: Phase
    text: str
    bar: BarState


START = MetreState("rhythm", "", BarState())

Successors = dict[str, MetreState]
"""The state after each character that may come next."""
