"""Rhythm: how alike the onsets of neighbouring bars are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from tuneloom.model.score.music.bar_contents import BarContent, bar_length

__all__ = ["groove_consistency"]

_RESOLUTION = 96  # places in a whole note, 24 in a quarter note


def groove_consistency(contents: Sequence[BarContent]) -> float | None:
    """The groove consistency of a tune, 0 to 1; None with fewer than two bars.

    One minus the mean share of places in which a note begins in only one of two neighbouring bars, as in
    MusPy (Dong et al., ISMIR 2020), with its 24 places in a quarter note. The same for all pairs of bars is
    the grooving pattern similarity of Wu and Yang (ISMIR 2020). Bars are those of the bar lines; those
    shorter than half the usual length, such as pickups, are left out.
    """
    usual = bar_length(contents)
    bars = [c for c in contents if sum([event[1] for event in c]) >= usual / 2]
    places = round(usual * _RESOLUTION)
    if len(bars) < 2 or not places:
        return None
    onsets = [frozenset(_onsets(bar)) for bar in bars]
    different = [min(len(a ^ b), places) for a, b in pairwise(onsets)]
    return 1 - sum(different) / len(different) / places


def _onsets(bar: BarContent) -> Iterator[int]:
    now = 0.0
    for pitches, duration, _ in bar:
        if pitches:
            yield round(now * _RESOLUTION)
        now += duration
