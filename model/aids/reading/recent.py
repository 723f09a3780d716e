"""The values of the last characters of each row."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tuneloom.model.aids.reading.row_arrays import RowArrays

__all__ = ["MAX_LAG", "Recent"]

MAX_LAG = 4096
"""How many characters aids look back, so that the time they take is linear in the length of a text."""

_INITIAL_CAPACITY = 256


class Recent(RowArrays):
    """One value for each character of each row, the newest first; 0 before the first."""

    def __init__(self, rows: int, dtype: type[np.integer]) -> None:
        self._values = np.zeros((rows, 0), dtype)
        self._allocate(_INITIAL_CAPACITY)

    def push(self, values: NDArray[np.integer]) -> None:
        """Add the value of one more character, (rows,)."""
        if self._start == 0:
            self._allocate(2 * min(self._values.shape[1], MAX_LAG))
        self._start -= 1
        self._values[:, self._start] = values

    def equal(self, values: NDArray[np.integer], count: int) -> NDArray[np.bool_]:
        """Where the last `count` values equal these, (rows,); an array (rows, count) until the next call."""
        equal = self._equal[:, :count]
        newest = self._values[:, self._start : self._start + count]
        np.equal(newest, values[:, None], out=equal)
        return equal

    def equal_in(
        self, rows: NDArray[np.int64], values: NDArray[np.integer], lags: slice
    ) -> NDArray[np.bool_]:
        """Where the values of some rows at these lags, 0 for the newest, equal these, (all rows,)."""
        older = self._values[rows, self._start + lags.start : self._start + lags.stop]
        equal: NDArray[np.bool_] = older == values[rows, None]
        return equal

    def at(self, lags: NDArray[np.int64]) -> NDArray[np.integer]:
        """The values so many characters before the newest, both (…, rows)."""
        values: NDArray[np.integer] = self._values.take(self._lines + (self._start + lags))
        return values

    def clear(self, rows: NDArray[np.int64]) -> None:
        """Forget what was in these rows."""
        self._values[rows] = 0

    def _allocate(self, capacity: int) -> None:
        """Make room before the newest values; those that nobody looks at any more are left out."""
        kept = self._values[:, :MAX_LAG]
        self._values = np.zeros((len(kept), capacity), kept.dtype)
        self._start = capacity - kept.shape[1]
        self._values[:, self._start :] = kept
        self._equal = np.empty(self._values.shape, np.bool_)
        self._lines = np.arange(len(kept)) * capacity  # where each row begins
