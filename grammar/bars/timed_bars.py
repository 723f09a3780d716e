"""How long each bar of a voice lasts, its metre, and whether a section begins or ends with it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from tuneloom.grammar.tune.durations import meter_fraction
from tuneloom.grammar.tune.elements import (
    PLAIN_BAR_LINE,
    Bar,
    Chord,
    Field,
    MultiRest,
    Note,
    Overlay,
    Rest,
    Tune,
    Voice,
    is_timed,
)

__all__ = ["TimedBar", "are_one", "begins_with_field", "timed_bars"]

_PARTING_FIELDS = frozenset("PTK")


class TimedBar(Struct, frozen=True):
    """A bar with music in it, in a metre that has bars; times are in whole notes.

    A section begins or ends at the ends of a voice and at every bar line that is more than `|`: at
    repeats, double bars and voltas. Between two bars that make up one, it is also a new part, title or key,
    or a bar line that is written twice, at the end of a line and the beginning of the next. `durations` has
    one time for each overlay (7.4), mostly just one.
    `meter_start` is the offset of the M: field in the resolved text, or None if it is in the header.
    """

    bar: Bar
    meter: str
    meter_start: int | None
    length: Fraction
    durations: tuple[Fraction, ...]
    opens_section: bool
    closes_section: bool

    @property
    def duration(self) -> Fraction:
        """What the bar lasts; of several overlays, what the one that is most at odds lasts."""
        if len(self.durations) == 1:
            return self.durations[0]
        return max(self.durations, key=lambda time: (time > self.length, abs(time - self.length)))


def timed_bars(tune: Tune) -> Iterator[list[TimedBar]]:
    """The bars of each voice; those without time, as between two bar lines, are left out."""
    for voice in tune.voices:
        yield _bars_of(voice, tune.meter)


def _bars_of(voice: Voice, meter: str) -> list[TimedBar]:
    bars: list[TimedBar] = []
    opens = True
    twice = False  # whether the plain bar line before the bar is there twice
    in_force = _Meter(meter, None)
    for bar in voice.bars:
        of_bar, times, in_force = _overlay_durations(bar, in_force)
        closes = bar.line is None or bar.line != PLAIN_BAR_LINE
        if times:
            whole = meter_fraction(of_bar.value)
            if whole:
                timed = TimedBar(bar, of_bar.value, of_bar.start, whole, times, opens, closes)
                if (twice or begins_with_field(bar)) and bars and are_one(bars[-1], timed):
                    bars[-1] = replace(bars[-1], closes_section=True)
                    timed = replace(timed, opens_section=True)
                bars.append(timed)
            opens = closes
            twice = False
        elif closes:
            opens = True
            if bars:
                bars[-1] = replace(bars[-1], closes_section=True)
        else:
            twice = True
    if bars:
        bars[-1] = replace(bars[-1], closes_section=True)
    return bars


def begins_with_field(bar: Bar) -> bool:
    """Whether a part, a title or a key begins before the first note of a bar."""
    for element in bar.elements:
        if isinstance(element, Field) and element.letter in _PARTING_FIELDS:
            return True
        if is_timed(element):
            return False
    return False


def are_one(bar: TimedBar, following: TimedBar) -> bool:
    """Whether two bars of one metre last as long as one together."""
    return bar.length == following.length == bar.duration + following.duration


class _Meter(NamedTuple):
    """The value of M:, and the offset of its field in the body."""

    value: str
    start: int | None


def _overlay_durations(bar: Bar, meter: _Meter) -> tuple[_Meter, tuple[Fraction, ...], _Meter]:
    """The metre of the bar's music, the time of each overlay, and the metre after the bar."""
    times: list[Fraction] = []
    in_force = meter
    notes: list[Fraction] = []
    for index, element in enumerate(bar.elements):
        if isinstance(element, (Note, Chord, Rest)):
            notes.append(element.duration)
        elif isinstance(element, MultiRest):
            # It may mean several bars, but is written where one is expected.
            notes.append(meter_fraction(meter.value) or Fraction(1))
        elif isinstance(element, Field):
            if element.letter == "M":
                meter = _Meter(element.value, bar.starts[index])
                in_force = meter if not (notes or times) else in_force
        elif isinstance(element, Overlay) and notes:
            times.append(_total(notes))
            notes = []
    if notes:
        times.append(_total(notes))
    return in_force, tuple(times), meter


def _total(times: list[Fraction]) -> Fraction:
    """The sum, in whole numbers of the parts that all times have in common, which is faster."""
    parts = math.lcm(*{time.denominator for time in times})
    return Fraction(sum(time.numerator * (parts // time.denominator) for time in times), parts)
