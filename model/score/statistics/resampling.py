"""Importance resampling: from draws with weights to draws that all count the same.

Rubin's sampling/importance resampling (1988), with one random number for all draws (systematic resampling,
Kitagawa 1996), which adds less variance than drawing each anew.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["effective_sample_size", "importance_weights", "systematic_resample"]


def importance_weights(costs: NDArray[np.float64]) -> NDArray[np.float64]:
    """The weights exp(-cost) of draws with these costs in nats, (draws,), which may be infinite.

    They add up to 1, or are all 0 if every cost is infinite.
    """
    if np.isinf(costs).all():
        return np.zeros_like(costs)
    weights = np.exp(costs.min() - costs)
    normalized: NDArray[np.float64] = weights / weights.sum()
    return normalized


def effective_sample_size(weights: NDArray[np.float64]) -> float:
    """How many draws of equal weight tell as much as these with weights that add up to 1 (Kish 1965)."""
    return float(1 / np.square(weights).sum())


def systematic_resample(weights: NDArray[np.float64], chance: float) -> NDArray[np.int64]:
    """The indices, (draws,) ascending, of as many draws as there are weights, which are not all 0.

    A draw that is expected n times by its weight is there n times, rounded up or down. `chance`, at least
    0 and less than 1, is the random number that decides it.
    """
    ends = weights.cumsum()
    marks = (np.arange(len(weights)) + chance) / len(weights) * ends[-1]
    found = np.searchsorted(ends, marks, side="right")
    # Rounding may put the last mark at the very end.
    indices: NDArray[np.int64] = np.minimum(found, np.flatnonzero(weights)[-1])
    return indices
