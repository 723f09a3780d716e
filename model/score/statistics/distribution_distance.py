"""Distances between two distributions.

Categories, such as intervals, are compared by total variation: the share of one distribution that must move
to make it the other, from 0 to 1. Amounts, such as numbers of bars, are compared by the first Wasserstein
distance: how far the distribution must move on average, in the unit of the amount.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np

__all__ = ["DistributionDistance", "total_variation", "wasserstein"]


@dataclass(frozen=True, slots=True)
class DistributionDistance:
    """A distance. It has no interval, so distances are not compared between collections."""

    value: float

    @property
    def estimate(self) -> None:
        return None

    def to_text(self, digits: int) -> str:
        return f"{self.value:.{digits}f}"

    def to_json(self) -> float:
        return round(self.value, 4)


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
