"""How long each bar of a voice lasts, what metre it stands in, and whether a section begins or ends there."""

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
    Mark,
    MultiRest,
    Note,
    Rest,
    Tune,
    Voice,
)

__all__ = ["TimedBar", "timed_bars", "wrong_bars"]

_PLAIN = BarLine("|")


@dataclass(frozen=True, slots=True)
class TimedBar:
    """A bar with music in it, in a metre that has bars; times are in whole notes.

    A section begins or ends at the ends of a voice and at every bar line that is more than `|`: at
    repeats, double bars and voltas. `times` has one time for each overlay (7.4), mostly just one.
    """

    bar: Bar
    meter: str
    whole: Fraction
    times: tuple[Fraction, ...]
    opens: bool
    closes: bool

    @property
    def time(self) -> Fraction:
        """What the bar lasts; of several overlays, what the one that is most at odds lasts."""
        return max(self.times, key=lambda time: (time > self.whole, abs(time - self.whole)))


def timed_bars(tune: Tune) -> Iterator[list[TimedBar]]:
    """The bars of each voice; those without time, as between two bar lines, are left out."""
    for voice in tune.voices:
        yield _bars_of(voice, tune.meter)


def wrong_bars(bars: list[TimedBar]) -> list[TimedBar]:
    """The bars of a voice that do not last what they should."""
    unusual = [bar for bar in bars if bar.time != bar.whole]
    if not unusual:
        return []
    starts = {bar.time for bar in unusual if bar.opens}
    ends = {bar.time for bar in unusual if bar.closes}
    return [bar for bar in unusual if not _is_right(bar, bar is bars[0], starts, ends)]


def _is_right(bar: TimedBar, is_first: bool, starts: set[Fraction], ends: set[Fraction]) -> bool:
    """Whether a bar that is not full may be so: it is a pickup, or leaves room for one."""
    missing = bar.whole - bar.time
    if missing < 0:
        return False
    if bar.opens and (is_first or bar.time <= missing or missing in ends):
        return True
    return bar.closes and (missing <= bar.time or missing in starts)


def _bars_of(voice: Voice, meter: str) -> list[TimedBar]:
    bars: list[TimedBar] = []
    opens = True
    for bar in voice.bars:
        in_force, times, meter = _times(bar.elements, meter)
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
    return TimedBar(bar.bar, bar.meter, bar.whole, bar.times, bar.opens, True)


def _times(elements: tuple[Element, ...], meter: str) -> tuple[str, tuple[Fraction, ...], str]:
    """The metre of the bar's music, the time of each overlay, and the metre behind the bar."""
    times: list[Fraction] = []
    in_force = meter
    time: Fraction | None = None
    for element in elements:
        if isinstance(element, Note | Chord | Rest):
            time = element.duration if time is None else time + element.duration
        elif isinstance(element, MultiRest):
            # However many bars it stands for, it stands where one is asked for.
            time = (time or Fraction(0)) + (meter_fraction(meter) or Fraction(1))
        elif isinstance(element, Field):
            if element.letter == "M":
                meter = element.value
                in_force = meter if time is None and not times else in_force
        elif isinstance(element, Mark) and "&" in element.text and time is not None:
            times.append(time)
            time = None
    if time is not None:
        times.append(time)
    return in_force, tuple(times), meter
