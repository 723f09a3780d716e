"""Bars that are too long because a bar line is missing, and the full bars that they divide into.

The Essen collection leaves out the bar line at the end of a line. Anywhere else a bar is divided only in a
tune whose other bars are right, because one that lasts twice as long may have a metre that nothing says.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

from tuneloom.grammar.bars.bar_cuts import BarCut, Cuts, possible_cuts
from tuneloom.grammar.bars.timed_bars import TimedBar, timed_bars
from tuneloom.grammar.tune.elements import (
    PLAIN_BAR_LINE,
    Bar,
    Chord,
    MultiRest,
    Note,
    Overlay,
    Rest,
    Tune,
    Voice,
)

__all__ = ["DividedBars", "MissingBarLine", "divide_bars"]

# Of the bars of a metre, at most one bar line to so many full bars is put elsewhere than at a line's end.
_FULL_BARS_TO_ONE = 4


class MissingBarLine(Struct, frozen=True):
    """A place where a bar is full and goes on: before the element `index` of `bar`.

    `last_note` is the index of the note, chord or rest that fills it.
    """

    bar: Bar
    last_note: int
    index: int


class DividedBars(Struct, frozen=True):
    """The timed bars of each voice, as they would be with all bar lines, and the lines that are missing."""

    voices: Sequence[list[TimedBar]]
    missing: tuple[MissingBarLine, ...] = ()


def divide_bars(tune: Tune) -> DividedBars:
    """The bars of a tune, those divided that lack a bar line."""
    voices = list(timed_bars(tune))
    cuts = possible_cuts(voices)
    if cuts:
        cuts = _cuts_within_lines_if_rare(voices, cuts)
        cuts = _cuts_in_right_meters(voices, cuts)
        cuts = _cuts_between_right_bars(voices, cuts)
    if not cuts or not _agree(tune.voices, voices, cuts):
        return DividedBars(voices)
    divided: list[list[TimedBar]] = [[] for _ in voices]
    for place, timed in _places(voices):
        divided[place[0]] += _divide(timed, cuts.get(place, ()))
    missing = (
        MissingBarLine(_at(voices, place).bar, cut.last_note, cut.index)
        for place, own in cuts.items()
        for cut in own
    )
    return DividedBars(divided, tuple(missing))


def _cuts_within_lines_if_rare(voices: Sequence[list[TimedBar]], cuts: Cuts) -> Cuts:
    """Leave out the bars that are divided within a line, unless all others of their metre are right.

    They also have to be few: a tune in which they are many is rather in another metre there.
    """
    within = {place for place, own in cuts.items() if not all(cut.ends_line for cut in own)}
    if not within:
        return cuts
    full: Counter[int | None] = Counter()
    lines: Counter[int | None] = Counter()
    wrong: set[int | None] = set()
    for place, timed in _places(voices):
        if place in within:
            lines[timed.meter_start] += len(cuts[place])
        elif place in cuts:
            # As many as there will be once it is divided: the next repair must find nothing more.
            full[timed.meter_start] += timed.duration // timed.length
        elif not _is_right(timed):
            wrong.add(timed.meter_start)
        else:
            full[timed.meter_start] += timed.duration == timed.length
    rare = {
        meter
        for meter, count in lines.items()
        if meter not in wrong and count * _FULL_BARS_TO_ONE <= full[meter]
    }
    return {
        place: own
        for place, own in cuts.items()
        if place not in within or _at(voices, place).meter_start in rare
    }


def _cuts_in_right_meters(voices: Sequence[list[TimedBar]], cuts: Cuts) -> Cuts:
    """Leave out those under an M: that, even with them, most bars do not follow."""
    balance: Counter[int | None] = Counter()
    for place, timed in _places(voices):
        if place in cuts:
            balance[timed.meter_start] += len(cuts[place])
        elif timed.duration == timed.length:
            balance[timed.meter_start] += 1
        elif not _is_right(timed):
            balance[timed.meter_start] -= 1
    return {p: own for p, own in cuts.items() if balance[_at(voices, p).meter_start] > 0}


def _cuts_between_right_bars(voices: Sequence[list[TimedBar]], cuts: Cuts) -> Cuts:
    """Leave out the bars beside one that stays wrong: the metre may have changed there."""

    def is_right(place: tuple[int, int]) -> bool:
        number, position = place
        bars = voices[number]
        return place in cuts or not 0 <= position < len(bars) or _is_right(bars[position])

    return {
        (number, position): own
        for (number, position), own in cuts.items()
        if is_right((number, position - 1)) and is_right((number, position + 1))
    }


def _places(voices: Sequence[list[TimedBar]]) -> Iterator[tuple[tuple[int, int], TimedBar]]:
    for number, bars in enumerate(voices):
        for position, timed in enumerate(bars):
            yield (number, position), timed


def _at(voices: Sequence[list[TimedBar]], place: tuple[int, int]) -> TimedBar:
    return voices[place[0]][place[1]]


def _is_right(timed: TimedBar) -> bool:
    """Whether a bar is full, or short at the beginning or the end of a section."""
    if timed.duration < timed.length:
        return timed.opens_section or timed.closes_section
    return timed.duration == timed.length


def _agree(voices: Sequence[Voice], timed_voices: Sequence[list[TimedBar]], cuts: Cuts) -> bool:
    """Whether each voice has a bar line, or will have one, wherever one is put into another."""
    if len(voices) == 1:
        return True
    wholes = {id(timed.bar): timed.length for _, timed in _places(timed_voices)}
    by_bar = {id(_at(timed_voices, place).bar): own for place, own in cuts.items()}
    added: set[Fraction] = set()
    voices_with_line: Counter[Fraction] = Counter()
    ends: list[Fraction] = []
    for voice in voices:
        time = Fraction(0)
        lines: set[Fraction] = set()
        for bar in voice.bars:
            new = {time + cut.time for cut in by_bar.get(id(bar), ())}
            time += _duration(bar, wholes.get(id(bar), Fraction(1)))
            added |= new
            lines |= {*new, time}
        voices_with_line.update(lines)
        ends.append(time)
    ends.sort()
    return all(voices_with_line[time] == len(ends) - bisect_left(ends, time) for time in added)


def _duration(bar: Bar, whole: Fraction) -> Fraction:
    """What the first layer of a bar lasts."""
    time = Fraction(0)
    for element in bar.elements:
        if isinstance(element, Overlay):
            break
        if isinstance(element, Note | Chord | Rest):
            time += element.duration
        elif isinstance(element, MultiRest):
            time += whole * element.bars
    return time


def _divide(timed: TimedBar, cuts: Sequence[BarCut]) -> list[TimedBar]:
    """The bar, divided."""
    if not cuts:
        return [timed]
    bar = timed.bar
    parts: list[TimedBar] = []
    index, time = 0, Fraction(0)
    for cut in cuts:
        starts = bar.starts[index : cut.index + 1]
        part = Bar(bar.elements[index : cut.index], PLAIN_BAR_LINE, starts, starts[-1])
        parts.append(replace(timed, bar=part, durations=(cut.time - time,)))
        index, time = cut.index, cut.time
    last = replace(bar, elements=bar.elements[index:], starts=bar.starts[index:])
    parts.append(replace(timed, bar=last, durations=(timed.duration - time,)))
    return [
        replace(
            part,
            opens_section=timed.opens_section and part is parts[0],
            closes_section=timed.closes_section and part is parts[-1],
        )
        for part in parts
    ]
