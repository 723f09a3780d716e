"""What an aid is."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tuneloom.model.aids.reading.row_arrays import RowArrays
from tuneloom.model.aids.reading.tunes_read import TunesRead

__all__ = ["RUN_BUCKETS", "Aid", "AidColumns", "match_runs"]

RUN_BUCKETS = 10
"""The values of the run behind a candidate; 0 says that there is no candidate."""

_BUCKETS = np.array([0, 1, 1, 2, 3, 4, 4, *[5] * 3, *[6] * 5, *[7] * 8, *[8] * 8, 9], np.uint8)


def match_runs(lengths: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The runs of matches of so many characters: of 2, 3, 4, 5, 7, 10, 15, 23 and 31 or more."""
    return _BUCKETS[np.minimum(lengths, len(_BUCKETS) - 1)]


@dataclass(frozen=True, slots=True)
class AidColumns:
    """What an aid says of each row; a candidate is a token, with a run from 1 to RUN_BUCKETS - 1."""

    features: NDArray[np.unsignedinteger]  # (rows, features)
    candidates: NDArray[np.unsignedinteger]  # (rows, pointers)
    runs: NDArray[np.unsignedinteger]  # (rows, pointers)


class Aid(RowArrays):
    """Features, which are categories, and pointers, which are candidates for the next character.

    A pointer has a run as well, which says how far it can be trusted. An aid with state of its own keeps it
    in arrays with a line for each row, and begins anew in the rows of `tunes.begun`.
    """

    feature_sizes: tuple[int, ...] = ()
    """The number of values of each feature, at most 255."""

    pointers: int = 0

    def begin(self, rows: int) -> None:
        """Make the state for so many rows."""

    @abstractmethod
    def write(self, tunes: TunesRead, columns: AidColumns) -> None:
        """Write what follows from the texts so far into columns of zeros."""
