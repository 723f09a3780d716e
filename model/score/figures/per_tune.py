"""Figures with a value for each tune, from which that of all tunes follows, with its interval."""

from __future__ import annotations

from collections.abc import Callable

from tuneloom.model.score.figures.figure import Figure, MeasuredTunes
from tuneloom.model.score.statistics.clustered_rate import ClusteredRate
from tuneloom.model.score.statistics.mean import Mean
from tuneloom.model.score.statistics.rate import Rate
from tuneloom.model.score.tunes.features import TuneFeatures

__all__ = ["mean_of_tunes", "share_of_items", "share_of_tunes"]


def share_of_items(
    label: str, comparison_label: str, count: Callable[[TuneFeatures], tuple[int, int]]
) -> Figure:
    """A share of the items of all tunes, such as bars: `count` gives how many of how many of a tune."""

    def percent(tune: TuneFeatures) -> float | None:
        having, total = count(tune)
        return round(100 * having / total, 2) if total else None

    return Figure.with_interval(
        label,
        comparison_label,
        lambda measured: ClusteredRate.of(map(count, measured.features)),
        of_tune=percent,
    )


def share_of_tunes(
    label: str, comparison_label: str, holds: Callable[[TuneFeatures], bool | None]
) -> Figure:
    """The share of the tunes of which something holds; a tune of which it is None does not count."""

    def measure(measured: MeasuredTunes) -> Rate:
        known = [found for tune in measured.features if (found := holds(tune)) is not None]
        return Rate(sum(known), len(known))

    return Figure.with_interval(label, comparison_label, measure, of_tune=holds)


def mean_of_tunes(
    label: str,
    comparison_label: str,
    amount: Callable[[TuneFeatures], float | None],
    digits: int,
) -> Figure:
    """The mean of an amount; a tune of which it is None does not count."""

    def measure(measured: MeasuredTunes) -> Mean | None:
        return Mean.of([each for tune in measured.features if (each := amount(tune)) is not None])

    def rounded(tune: TuneFeatures) -> float | None:
        found = amount(tune)
        return None if found is None else round(found, 4)

    return Figure.with_interval(label, comparison_label, measure, digits, rounded)
