"""Where an aid writes what it says of each row."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["RUN_BUCKETS", "AidColumns", "put_in_buckets"]

RUN_BUCKETS = 10
"""The values of a run once it is in its bucket; 0 says that there is no candidate."""

_BUCKETS = np.full(256, 9, np.uint8)
_BUCKETS[:31] = [0, 1, 1, 2, 3, 4, 4, *[5] * 3, *[6] * 5, *[7] * 8, *[8] * 8]


@dataclass(frozen=True, slots=True)
class AidColumns:
    """The features and pointers of an aid, all 0 before it writes them.

    A candidate is a token, or 0 for none. Its run is a number of characters, from 1 to 255, that says how far
    it can be trusted, such as the length of a match; 0 without a candidate.
    """

    features: NDArray[np.unsignedinteger]  # (features, rows)
    candidates: NDArray[np.unsignedinteger]  # (pointers, rows)
    runs: NDArray[np.unsignedinteger]  # (pointers, rows)


def put_in_buckets(runs: NDArray[np.unsignedinteger]) -> None:
    """Replace runs by their buckets, which begin at 1, 3, 4, 5, 7, 10, 15, 23 and 31 characters."""
    runs[...] = _BUCKETS.take(runs)
