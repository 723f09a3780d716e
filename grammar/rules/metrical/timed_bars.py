"""How long each bar of a voice lasts, its metre, and whether a section begins or ends with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from tuneloom.grammar.tune.durations import meter_fraction
from tuneloom.grammar.tune.elements import (
    Bar,
    BarLine,
    Chord,
    Element,
    Field,
    MultiRest,
    Note,
    Overlay,
    Rest,
    Tune,
    Voice,
)

__all__ = ["TimedBar", "timed_bars"]

_PLAIN = BarLine("|")


@dataclass(frozen=True, slots=True)
class TimedBar:
    """A bar with music in it, in a metre that has bars; times are in whole notes.

    A section begins or ends at the ends of a voice and at every bar line that is more than `|`: at
    repeats, double bars and voltas. `times` has one time for each overlay (7.4), mostly just one.
    """

    bar: Bar
    meter: str
    length: Fraction
    durations: tuple[Fraction, ...]
    opens_section: bool
    closes_section: bool

    @property
    def duration(self) -> Fraction:
        """What the bar lasts; of several overlays, what the one that is most at odds lasts."""
        return max(self.durations, key=lambda time: (time > self.length, abs(time - self.length)))


def timed_bars(tune: Tune) -> Iterator[list[TimedBar]]:
    """The bars of each voice; those without time, as between two bar lines, are left out."""
    for voice in tune.voices:
        yield _bars_of(voice, tune.meter)


def _bars_of(voice: Voice, meter: str) -> list[TimedBar]:
    bars: list[TimedBar] = []
    opens = True
    for bar in voice.bars:
        in_force, times, meter = _overlay_durations(bar.elements, meter)
        closes = bar.line is None or bar.line != _PLAIN
        if times:
            whole = meter_fraction(in_force)
            if whole:
                bars.append(TimedBar(bar, in_force, whole, times, opens, closes))
            opens = closes
        elif closes:
            opens = True
            if bars:
                bars[-1] = _closing(bars[-1])
    if bars:
        bars[-1] = _closing(bars[-1])
    return bars


def _closing(bar: TimedBar) -> TimedBar:
    return TimedBar(bar.bar, bar.meter, bar.length, bar.durations, bar.opens_section, True)


def _overlay_durations(
    elements: tuple[Element, ...], meter: str
) -> tuple[str, tuple[Fraction, ...], str]:
    """The metre of the bar's music, the time of each overlay, and the metre after the bar."""
    times: list[Fraction] = []
    in_force = meter
    time: Fraction | None = None
    for element in elements:
        if isinstance(element, Note | Chord | Rest):
            time = element.duration if time is None else time + element.duration
        elif isinstance(element, MultiRest):
            # It may mean several bars, but is written where one is expected.
            time = (time or Fraction(0)) + (meter_fraction(meter) or Fraction(1))
        elif isinstance(element, Field):
            if element.letter == "M":
                meter = element.value
                in_force = meter if time is None and not times else in_force
        elif isinstance(element, Overlay) and time is not None:
            times.append(time)
            time = None
    if time is not None:
        times.append(time)
    return in_force, tuple(times), meter
