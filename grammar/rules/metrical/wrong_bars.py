"""Which bars do not last what their metre asks for, pickups and the bars that make room for them aside.

Where most of the bars of a metre last something else, it is the metre that is wrong.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from tuneloom.grammar.rules.basis.timed_bars import TimedBar
from tuneloom.grammar.rules.metrical.pickups import may_be_short

__all__ = ["OtherMeter", "other_meters", "wrong_bars"]

_MIN_BARS = 2  # of one bar alone, nothing can be said of the metre


def wrong_bars(bars: list[TimedBar]) -> list[TimedBar]:
    """The bars of a voice that do not last what they should."""
    unusual = [bar for bar in bars if bar.duration != bar.length]
    if not unusual:
        return []
    starts = {bar.duration for bar in unusual if bar.opens_section}
    ends = {bar.duration for bar in unusual if bar.closes_section}
    return [bar for bar in unusual if not may_be_short(bar, bar is bars[0], starts, ends)]


@dataclass(frozen=True, slots=True)
class OtherMeter:
    """What most of the bars under one M: field last; `example` is the first of those that do."""

    duration: Fraction
    example: TimedBar


def other_meters(voices: Sequence[list[TimedBar]]) -> dict[int | None, OtherMeter]:
    """The M: fields, by `meter_start`, of which more than half of the bars last one and the same other time.

    Pickups, and the bars that leave room for them, do not count.
    """
    wrong: dict[int | None, list[TimedBar]] = defaultdict(list)
    for bars in voices:
        for bar in wrong_bars(bars):
            wrong[bar.meter_start].append(bar)
    if not wrong:
        return {}
    counted = Counter({start: len(bars) for start, bars in wrong.items()})
    counted.update(b.meter_start for bars in voices for b in bars if b.duration == b.length)
    found: dict[int | None, OtherMeter] = {}
    for start, bars in wrong.items():
        duration, count = Counter(bar.duration for bar in bars).most_common(1)[0]
        if count >= _MIN_BARS and 2 * count > counted[start]:
            found[start] = OtherMeter(duration, next(b for b in bars if b.duration == duration))
    return found
