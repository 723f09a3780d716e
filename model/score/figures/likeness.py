"""Figures of likeness: how far distributions of musical features are from those of real tunes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence

from tuneloom.model.score.figures.figure import Figure, MeasuredTunes
from tuneloom.model.score.statistics.distribution_distance import (
    DistributionDistance,
    total_variation,
    wasserstein,
)
from tuneloom.model.score.tunes.features import TuneFeatures

__all__ = [
    "BARS", "DURATIONS", "FINAL_ON_TONIC", "INTERVALS", "PITCH_RANGE", "REPEATS", "amount_distance",
    "category_distance",
]  # fmt: skip

_MAX_REPEATS = 4  # more count as this many


def amount_distance(label: str, amount: Callable[[TuneFeatures], float]) -> Figure:
    """A figure: the Wasserstein distance between the amounts of the tunes and those of real ones."""

    def measure(measured: MeasuredTunes) -> DistributionDistance | None:
        if not measured.sample or not measured.real:
            return None
        sample, real = (list(map(amount, tunes)) for tunes in (measured.sample, measured.real))
        return DistributionDistance(wasserstein(sample, real))

    return Figure(label, measure, digits=3)


def category_distance(
    label: str, categories: Callable[[TuneFeatures], Iterable[Hashable]]
) -> Figure:
    """A figure: the total variation between the categories of all tunes together and those of real ones."""

    def count(tunes: Sequence[TuneFeatures]) -> Counter[Hashable]:
        return Counter(category for tune in tunes for category in categories(tune))

    def measure(measured: MeasuredTunes) -> DistributionDistance | None:
        if not measured.sample or not measured.real:
            return None
        return DistributionDistance(total_variation(count(measured.sample), count(measured.real)))

    return Figure(label, measure, digits=3)


PITCH_RANGE = amount_distance("pitch range, semitones", lambda tune: tune.pitch_range)
INTERVALS = category_distance("intervals, share of notes", lambda tune: tune.intervals)
DURATIONS = category_distance("durations, share of notes", lambda tune: tune.durations)
BARS = amount_distance("bars, bars a tune", lambda tune: tune.bars)
FINAL_ON_TONIC = category_distance(
    "final on tonic, share of tunes",
    lambda tune: () if tune.on_tonic is None else (tune.on_tonic,),
)
REPEATS = category_distance(
    "repeats, share of tunes", lambda tune: (min(tune.repeats, _MAX_REPEATS),)
)
