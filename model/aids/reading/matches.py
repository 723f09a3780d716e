"""Where the text of each row was the same before, and for how many characters."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tuneloom.model.aids.reading.recent import MAX_LAG, Recent
from tuneloom.model.aids.reading.row_arrays import RowArrays

__all__ = ["Matches"]

_SATURATED = 64
_STEPS_TO_OVERFLOW = 128


class Matches(RowArrays):
    """The music of each row, from the line feed after K: on, and its matches with itself.

    `runs` at (row, lag - 1) is for how many characters the text that ends here equals the one that ended
    `lag` characters ago, within the music. Two texts match on if the next characters are equal, so a step
    takes a few operations on bytes.
    """

    def __init__(self, rows: int, dtype: type[np.unsignedinteger]) -> None:
        self.tokens = Recent(rows, dtype)
        self._runs = np.zeros((rows, 0), np.uint8)
        self._lengths = np.zeros(rows, np.int32)  # of the music
        self._depth = 0
        self._steps = 0
        self._nothing = np.iinfo(dtype).max

    @property
    def runs(self) -> NDArray[np.uint8]:
        """(rows, lags)."""
        return self._runs[:, : self._depth]

    def begin(self, rows: NDArray[np.int64]) -> None:
        """A tune begins in these rows."""
        self.tokens.clear(rows)
        self._runs[rows] = 0
        self._lengths[rows] = 0

    def advance(self, tokens: NDArray[np.int32], in_body: NDArray[np.bool_]) -> None:
        """One more character in each row."""
        self._depth = min(int(self._lengths.max(initial=0)), MAX_LAG)
        if self._depth > self._runs.shape[1]:
            self._grow()
        tokens = tokens.astype(self.tokens.array.dtype)
        wanted = np.where(in_body, tokens, self._nothing)
        same = self.tokens.newest(self._depth) == wanted[:, None]
        runs = self.runs
        runs += 1
        runs *= same.view(np.uint8)
        self._steps += 1
        if self._steps == _STEPS_TO_OVERFLOW:
            np.minimum(runs, _SATURATED, out=runs)
            self._steps = 0
        self.tokens.push(tokens * in_body)
        self._lengths += in_body
        self._lengths *= in_body

    def latest(
        self, least: int, among: NDArray[np.uint8] | None = None
    ) -> tuple[NDArray[np.generic], NDArray[np.uint8]]:
        """What followed the last match of at least so many characters, and how long it is; 0 without one.

        Both (rows,). `among` are the runs to look at, if not all.
        """
        runs = self.runs if among is None else among
        rows = len(runs)
        if not self._depth:
            return np.zeros(rows, self.tokens.array.dtype), np.zeros(rows, np.uint8)
        places = (runs >= least).argmax(axis=1)
        each = np.arange(rows)
        lengths = runs[each, places]
        found = lengths >= least
        return self.tokens.newest(self._depth)[each, places] * found, lengths * found

    def _grow(self) -> None:
        more = np.zeros((len(self._runs), min(2 * self._depth, MAX_LAG)), np.uint8)
        more[:, : self._runs.shape[1]] = self._runs
        self._runs = more
