"""Figures of likeness: how far distributions of musical features are from those of real tunes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence

from tuneloom.model.score.figures.figure import Figure, MeasuredTunes
from tuneloom.model.score.statistics.distribution_distance import (
    DistributionDistance,
    amounts_distance,
    categories_distance,
)
from tuneloom.model.score.tunes.features import TuneFeatures

__all__ = [
    "BARS", "DURATIONS", "FINAL_ON_TONIC", "INTERVALS", "PITCH_RANGE", "REPEATS", "amount_distance",
    "category_distance",
]  # fmt: skip

_MAX_REPEATS = 4  # more count as this many


def amount_distance(
    label: str, comparison_label: str | None, amount: Callable[[TuneFeatures], float]
) -> Figure:
    """A figure: the Wasserstein distance between the amounts of the tunes and those of real ones.

    `comparison_label` is its name in the table of `compare`; None keeps it out.
    """

    def distance(
        tunes: Sequence[TuneFeatures], real: Sequence[TuneFeatures]
    ) -> DistributionDistance:
        return amounts_distance(list(map(amount, tunes)), list(map(amount, real)))

    return _distance_figure(label, comparison_label, distance)


def category_distance(
    label: str,
    comparison_label: str | None,
    categories: Callable[[TuneFeatures], Iterable[Hashable]],
) -> Figure:
    """A figure: the total variation between the categories of all tunes together and those of real ones.

    `comparison_label` is its name in the table of `compare`; None keeps it out.
    """

    def count(tunes: Sequence[TuneFeatures]) -> list[Counter[Hashable]]:
        return [Counter(categories(tune)) for tune in tunes]

    def distance(
        tunes: Sequence[TuneFeatures], real: Sequence[TuneFeatures]
    ) -> DistributionDistance:
        return categories_distance(count(tunes), count(real))

    return _distance_figure(label, comparison_label, distance)


def _distance_figure(
    label: str,
    comparison_label: str | None,
    distance: Callable[[Sequence[TuneFeatures], Sequence[TuneFeatures]], DistributionDistance],
) -> Figure:
    """A figure that is there if there are tunes on both sides, and not the same ones."""

    def measure(measured: MeasuredTunes) -> DistributionDistance | None:
        sample, real = list(measured.sample), list(measured.real)
        return distance(sample, real) if sample and real and sample != real else None

    return Figure(label, measure, 3, comparison_label, better="low" if comparison_label else None)


PITCH_RANGE = amount_distance(
    "pitch range, semitones", "range, distance", lambda tune: tune.pitch_range
)
INTERVALS = category_distance(
    "intervals, share of notes", "intervals, distance", lambda tune: tune.intervals
)
DURATIONS = category_distance(
    "durations, share of notes", "durations, distance", lambda tune: tune.durations
)
BARS = amount_distance("bars, bars a tune", "bars, distance", lambda tune: tune.bars)
FINAL_ON_TONIC = category_distance(
    "final on tonic, share of tunes",
    "final, distance",
    lambda tune: () if tune.on_tonic is None else (tune.on_tonic,),
)
REPEATS = category_distance(
    "repeats, share of tunes", "repeats, distance", lambda tune: (min(tune.repeats, _MAX_REPEATS),)
)
