"""Pickups: which bars may be shorter than their metre asks for (4.8, 4.9)."""

from __future__ import annotations

from fractions import Fraction

from tuneloom.grammar.bars.timed_bars import TimedBar
from tuneloom.grammar.tune.durations import is_dyadic

__all__ = ["may_be_short"]


def may_be_short(bar: TimedBar, is_first: bool, starts: set[Fraction], ends: set[Fraction]) -> bool:
    """Whether a bar that is not full is a pickup, or leaves room for one.

    `starts` and `ends` are the durations of the unusual bars that open and close a section of the voice.
    """
    missing = bar.length - bar.duration
    if missing < 0:
        return False
    if not is_dyadic(missing) and is_dyadic(bar.length):
        # A part of a tuplet is no pickup by itself.
        return (bar.opens_section and missing in ends) or (bar.closes_section and missing in starts)
    if bar.opens_section and (is_first or bar.duration <= missing or missing in ends):
        return True
    return bar.closes_section and (missing <= bar.duration or missing in starts)
