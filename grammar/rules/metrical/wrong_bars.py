"""Which bars do not last what their metre asks for, pickups and the bars that make room for them aside."""

from __future__ import annotations

from fractions import Fraction

from tuneloom.grammar.rules.metrical.timed_bars import TimedBar

__all__ = ["wrong_bars"]


def wrong_bars(bars: list[TimedBar]) -> list[TimedBar]:
    """The bars of a voice that do not last what they should."""
    unusual = [bar for bar in bars if bar.duration != bar.length]
    if not unusual:
        return []
    starts = {bar.duration for bar in unusual if bar.opens_section}
    ends = {bar.duration for bar in unusual if bar.closes_section}
    return [bar for bar in unusual if not _may_be_short(bar, bar is bars[0], starts, ends)]


def _may_be_short(
    bar: TimedBar, is_first: bool, starts: set[Fraction], ends: set[Fraction]
) -> bool:
    """Whether a bar that is not full may be so: it is a pickup, or leaves room for one."""
    missing = bar.length - bar.duration
    if missing < 0:
        return False
    if bar.opens_section and (is_first or bar.duration <= missing or missing in ends):
        return True
    return bar.closes_section and (missing <= bar.duration or missing in starts)
