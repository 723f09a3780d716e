"""The values of the last characters of each row."""

from __future__ import annotations

import numpy as np
from numpy.typing import DTypeLike, NDArray

from tuneloom.model.aids.reading.row_arrays import RowArrays

__all__ = ["MAX_LAG", "Recent"]

MAX_LAG = 4096
"""How many characters aids look back, so that the time they take is linear in the length of a text."""

_LEAST_CAPACITY = 256


class Recent(RowArrays):
    """One value for each character of each row, the newest first; 0 before the first."""

    def __init__(self, rows: int, dtype: DTypeLike) -> None:
        self.array = np.zeros((rows, _LEAST_CAPACITY), dtype)
        self.start = _LEAST_CAPACITY  # of the values; what is before is free

    def push(self, values: NDArray[np.generic]) -> None:
        """Add the value of one more character, (rows,)."""
        if self.start == 0:
            self._move()
        self.start -= 1
        self.array[:, self.start] = values

    def newest(self, count: int) -> NDArray[np.generic]:
        """The values of the last `count` characters, (rows, count), a view."""
        return self.array[:, self.start : self.start + count]

    def clear(self, rows: NDArray[np.int64]) -> None:
        """Forget what was in these rows."""
        self.array[rows] = 0

    def _move(self) -> None:
        """Make room for as many values as there are, or take up what is not looked at any more."""
        kept = self.array[:, :MAX_LAG]
        capacity = 2 * kept.shape[1]
        self.array = np.zeros((len(kept), capacity), kept.dtype)
        self.start = capacity - kept.shape[1]
        self.array[:, self.start :] = kept
