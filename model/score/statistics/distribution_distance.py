"""Distances between two distributions.

Categories, such as intervals, are compared by total variation: the share of one distribution that must move
to make it the other, from 0 to 1. Amounts, such as numbers of bars, are compared by the first Wasserstein
distance: how far the distribution must move on average, in the unit of the amount.

The interval of a distance is that of the basic bootstrap: the tunes of both sides are resampled, each tune
with all that it holds. Resampled distances are larger than the distance itself, more so the closer the two
distributions are, so their quantiles are reflected at it (Davison and Hinkley 1997, section 5.2).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from tuneloom.model.score.statistics.figure_value import Estimate

__all__ = [
    "DistributionDistance", "amounts_distance", "categories_distance", "total_variation", "wasserstein",
]  # fmt: skip

Counts = NDArray[np.float64]
"""How often a tune has each category or amount: (tunes, categories)."""

_RESAMPLES = 1000
_AT_ONCE = 100
_SEED = 1


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class DistributionDistance:
    """The distance between two sets of tunes, from what each tune has of each category or amount."""

    value: float
    first: Counts
    second: Counts
    of_counts: Callable[[Counts, Counts], Counts]
    """The distances between rows of counts, (resamples, categories) each."""

    @property
    def estimate(self) -> Estimate:
        """With the 95% interval of 1,000 resamples, the same at each call."""
        low, high = np.quantile(self._resampled(), [0.025, 0.975]).tolist()
        value = self.value
        return Estimate(value, max(0.0, 2 * value - high), max(value, 2 * value - low))

    def _resampled(self) -> Counts:
        """The distances of resamples, (resamples,)."""
        rng = np.random.default_rng(_SEED)
        parts = (
            self.of_counts(*(_resampled_counts(rng, each) for each in (self.first, self.second)))
            for _ in range(_RESAMPLES // _AT_ONCE)
        )
        return np.concatenate(list(parts))

    def to_text(self, digits: int) -> str:
        return f"{self.value:.{digits}f}"

    def to_json(self) -> float:
        return round(self.value, 4)


def categories_distance(
    first: Sequence[Counter[Hashable]], second: Sequence[Counter[Hashable]]
) -> DistributionDistance:
    """The total variation between the categories of all tunes together; a counter for each tune."""
    value = total_variation(*(sum(each, Counter()) for each in (first, second)))
    places = {
        category: place
        for place, category in enumerate(
            dict.fromkeys(c for each in (*first, *second) for c in each)
        )
    }
    ours, theirs = (_count_matrix(each, places) for each in (first, second))
    return DistributionDistance(value, ours, theirs, _total_variations)


def amounts_distance(first: Sequence[float], second: Sequence[float]) -> DistributionDistance:
    """The Wasserstein distance between amounts, one for each tune; neither may be empty."""
    values = np.unique(np.concatenate([first, second]))
    ours, theirs = (
        (np.asarray(each)[:, None] == values).astype(np.float64) for each in (first, second)
    )
    distances = partial(_wassersteins, np.diff(values))
    return DistributionDistance(wasserstein(first, second), ours, theirs, distances)


def total_variation(first: Counter[Hashable], second: Counter[Hashable]) -> float:
    """Half the sum of the differences between the shares: 0 for equal distributions, 1 for disjoint ones.

    An empty distribution is equal to an empty one and disjoint from any other.
    """
    if not first or not second:
        return float(bool(first) != bool(second))
    ours, theirs = first.total(), second.total()
    return sum(abs(first[x] / ours - second[x] / theirs) for x in first.keys() | second.keys()) / 2


def wasserstein(first: Sequence[float], second: Sequence[float]) -> float:
    """The area between the two cumulative distributions, in the unit of the values; neither may be empty."""
    values = np.unique(np.concatenate([first, second]))
    shares = [
        np.searchsorted(np.sort(each), values[:-1], "right") / len(each) for each in (first, second)
    ]
    return float(np.sum(np.abs(shares[0] - shares[1]) * np.diff(values)))


def _total_variations(some: Counts, others: Counts) -> Counts:
    return np.asarray(np.abs(_shares(some) - _shares(others)).sum(axis=1) / 2)


def _wassersteins(steps: Counts, some: Counts, others: Counts) -> Counts:
    """`steps` is how far each amount is from the next."""
    ends = [np.cumsum(_shares(each), axis=1)[:, :-1] for each in (some, others)]
    return np.asarray(np.abs(ends[0] - ends[1]) @ steps)


def _shares(counts: Counts) -> Counts:
    """Rows that add up to 1; a row without anything stays as it is."""
    return np.asarray(counts / np.maximum(counts.sum(axis=1, keepdims=True), 1))


def _count_matrix(tunes: Sequence[Counter[Hashable]], places: dict[Hashable, int]) -> Counts:
    found = np.zeros((len(tunes), len(places)))
    for row, counts in zip(found, tunes, strict=True):
        for category, count in counts.items():
            row[places[category]] = count
    return found


def _resampled_counts(rng: np.random.Generator, counts: Counts) -> Counts:
    """The counts of resamples of the tunes, (resamples, categories)."""
    tunes = len(counts)
    chosen = rng.multinomial(tunes, np.full(tunes, 1 / tunes), size=_AT_ONCE)
    return np.asarray(chosen @ counts)
