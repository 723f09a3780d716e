"""Where the text of each row was the same before, and for how many characters."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tuneloom.model.aids.reading.aid_columns import AidColumns
from tuneloom.model.aids.reading.recent import MAX_LAG, Recent
from tuneloom.model.aids.reading.row_arrays import RowArrays

__all__ = ["Matches"]

_INITIAL_CAPACITY = 256
_MAX_RUN = 64
_STEPS_TO_OVERFLOW = 128


class Matches(RowArrays):
    """The music of each row, from the line feed after K: on, and its matches with itself.

    There is a match at a lag if the music that ends here equals that which ended so many characters ago.
    With the next character it goes on or ends, so a step takes a few operations on bytes for each lag.
    """

    def __init__(self, rows: int, dtype: type[np.uint8 | np.uint16]) -> None:
        self.depth = 0
        """The lags that matches are known of, from 1 on."""
        self.tokens = Recent(rows, dtype)
        self._dtype = dtype
        self._lengths = np.zeros(rows, np.int32)  # of the music
        self._runs = np.zeros((rows, 0), np.uint8)  # (rows, lags) how long matches are
        self._allocate(_INITIAL_CAPACITY)
        self._steps = 0

    def begin(self, rows: NDArray[np.int64]) -> None:
        """A tune begins in these rows."""
        self.tokens.clear(rows)
        self._runs[rows] = 0
        self._lengths[rows] = 0

    def advance(self, tokens: NDArray[np.int32], in_body: NDArray[np.bool_]) -> None:
        """One more character in each row."""
        known, self.depth = self.depth, min(int(self._lengths.max(initial=0)), MAX_LAG)
        if self.depth > self._runs.shape[1]:
            self._allocate(2 * self._runs.shape[1])
        self._runs[:, known : self.depth] = 0
        # A header is zeros. It seems to match itself, but there is no candidate, and no match with music.
        own: NDArray[np.integer] = (tokens * in_body).astype(self._dtype)
        same = self.tokens.equal(own, self.depth)
        runs = self._runs[:, : self.depth]
        runs += 1
        runs *= same.view(np.uint8)
        self._steps += 1
        if self._steps == _STEPS_TO_OVERFLOW:
            np.minimum(self._runs, _MAX_RUN, out=self._runs)
            self._steps = 0
        self.tokens.push(own)
        self._lengths += in_body

    def latest(
        self, least: Sequence[int], columns: AidColumns, among: NDArray[np.bool_] | None = None
    ) -> None:
        """Write what followed the last matches of at least so many characters, and how long those were.

        `among` are the matches to look at, (rows, lags), if not all.
        """
        if not self.depth:
            return
        runs = self._runs
        if among is not None:
            runs = self._chosen
            np.multiply(
                self._runs[:, : self.depth], among.view(np.uint8), out=runs[:, : self.depth]
            )
        lags = np.empty((len(least), len(runs)), np.int64)
        hits = self._hits[:, : self.depth]
        for pointer, length in enumerate(least):
            np.greater_equal(runs[:, : self.depth], length, out=hits)
            hits.argmax(axis=1, out=lags[pointer])
        lengths = runs.take(self._lines + lags)
        found = lengths >= np.array(least)[:, None]
        np.multiply(self.tokens.at(lags), found, out=columns.candidates)
        np.multiply(lengths, columns.candidates > 0, out=columns.runs)

    def _allocate(self, capacity: int) -> None:
        """Make room for more lags."""
        known = self._runs
        self._runs = np.zeros((len(known), min(capacity, MAX_LAG)), np.uint8)
        self._runs[:, : known.shape[1]] = known
        self._chosen = np.empty_like(self._runs)
        self._hits = np.empty(self._runs.shape, np.bool_)
        self._lines = np.arange(len(known)) * self._runs.shape[1]  # where each row begins
