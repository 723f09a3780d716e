"""Where a bar that is too long could be divided, so that its parts are full bars."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from msgspec import Struct

from tuneloom.grammar.bars.timed_bars import TimedBar
from tuneloom.grammar.tune.elements import (
    Bar,
    BrokenRhythm,
    Chord,
    Decoration,
    Element,
    Field,
    GraceGroup,
    LineEnd,
    MultiRest,
    Note,
    Overlay,
    Rest,
    SlurClose,
    SlurOpen,
    Space,
    Tuplet,
)

__all__ = ["BarCut", "Cuts", "possible_cuts"]

# Signs that lead to or from the bar that they are in.
_JUMP = re.compile(r"segno|(?:da)?coda|fine|dacapo|D\.[CS]\.")


class BarCut(Struct, frozen=True):
    """A bar line between two notes: `time` after the beginning of the bar, before the element `index`.

    `last_note` is the index of the first of the two; `ends_line` says whether a line of the source ends
    between them.
    """

    time: Fraction
    last_note: int
    index: int
    ends_line: bool


Cuts = dict[tuple[int, int], list[BarCut]]
"""The bars to be divided, by the numbers of voice and bar, and where."""


def possible_cuts(voices: Sequence[list[TimedBar]]) -> Cuts:
    """Every bar that divides into full ones, or into full ones and a pickup or what leaves room for one."""
    found: Cuts = {}
    for number, bars in enumerate(voices):
        if all(timed.duration <= timed.length for timed in bars):
            continue
        short = [timed for timed in bars if timed.duration < timed.length]
        starts = {timed.duration for timed in short if timed.opens_section}
        ends = {timed.duration for timed in short if timed.closes_section}
        for position, timed in enumerate(bars):
            if timed.duration > timed.length:
                possible = {cut.time: cut for cut in _cuts_between_notes(timed.bar)}
                times = _times(timed, starts, ends, len(possible))
                if times and all(time in possible for time in times):
                    found[number, position] = [possible[time] for time in times]
    return found


def _times(
    timed: TimedBar, starts: set[Fraction], ends: set[Fraction], most: int
) -> list[Fraction]:
    """When the bar would have to be divided; `starts` and `ends` are the short bars of sections.

    None if that is more often than `most`: a single note may last for a million bars.
    """
    whole = timed.length
    count, rest = divmod(timed.duration, whole)
    if count > most + 1:
        return []
    if not rest:
        return [whole * number for number in range(1, count)]
    is_last_short = timed.closes_section and whole - rest in starts
    is_first_short = timed.opens_section and whole - rest in ends
    if is_last_short == is_first_short:
        return []
    first = rest if is_first_short else whole
    return [first + whole * number for number in range(count)]


def _cuts_between_notes(bar: Bar) -> Iterator[BarCut]:
    """Where a bar line may come between two notes: not in a tuplet, nor at an arrow."""
    if not all(map(_is_divisible, bar.elements)):
        return
    time = Fraction(0)
    after = 0  # the index after the last note, or 0 where the next one belongs to it
    opened = left = 0  # how many notes a tuplet has that begins, and one that has begun
    for index, element in enumerate(bar.elements):
        if isinstance(element, Note | Chord | Rest):
            if after and not left and (place := _cut_place(bar.elements, after, index)):
                yield BarCut(time, after - 1, *place)
            time += element.duration
            after = index + 1
            left, opened = max(0, (opened or left) - 1), 0
        elif isinstance(element, Tuplet):
            opened = element.r
        elif isinstance(element, BrokenRhythm):
            after = 0


def _is_divisible(element: Element) -> bool:
    """Whether a bar with it may be divided: one of several layers, rests, metres or parts is left alone."""
    if isinstance(element, Field):
        return element.letter not in "MP"
    if isinstance(element, Decoration):
        return not _JUMP.match(element.name)
    return not isinstance(element, Overlay | MultiRest)


def _cut_place(elements: Sequence[Element], after: int, note: int) -> tuple[int, bool] | None:
    """Where between two notes a bar line belongs, and whether a line of the source ends there.

    `after` is the index after the first note, `note` that of the second. None if it would part a note
    from what belongs to it.
    """
    while isinstance(elements[after], SlurClose):
        after += 1
    end = next((i for i in range(after, note) if isinstance(elements[i], LineEnd)), None)
    if end is None:
        element = elements[after]
        changes_voice = isinstance(element, Field) and element.letter == "V"
        return None if changes_voice else (after, False)
    if any(isinstance(element, GraceGroup | Tuplet | SlurOpen) for element in elements[after:end]):
        return None
    while end > after and isinstance(elements[end - 1], Space):
        end -= 1
    return end, True
