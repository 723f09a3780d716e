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
_NEAR = 256
"""Where it pays, lags beyond are looked at only in the rows whose music is that long."""
_LEAST_SPARED = 2**15
"""Matches to be spared that pay for taking these rows out."""


class Matches(RowArrays):
    """The music of each row, from the line feed after K: on, and its matches with itself.

    There is a match at a lag if the music that ends here equals that which ended so many characters ago.
    With the next character it goes on or ends, so a step takes a few operations on bytes for each lag. Of
    many rows few are long, and the others have no matches at the lags of those.
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
        self._near = 0  # the lags that are looked at in all rows
        self._long = np.zeros(
            0, np.int64
        )  # the rows where those up to `depth` are looked at as well

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
        own: NDArray[np.integer] = (tokens * in_body).astype(self._dtype)
        sought = own - ~in_body  # a header is zeros, which match nothing
        self._long = (self._lengths > _NEAR).nonzero()[0]
        spared = (len(tokens) - 2 * len(self._long)) * (self.depth - _NEAR)
        self._near = _NEAR if spared > _LEAST_SPARED else self.depth
        runs = self._runs[:, : self._near]
        runs += 1
        runs *= self.tokens.equal(sought, self._near).view(np.uint8)
        if self.depth > self._near:
            lags = slice(self._near, self.depth)
            runs = self._runs[self._long, lags]
            runs += 1
            runs *= self.tokens.equal_in(self._long, sought, lags)
            self._runs[self._long, lags] = runs
        self._steps += 1
        if self._steps == _STEPS_TO_OVERFLOW:
            np.minimum(self._runs, _MAX_RUN, out=self._runs)
            self._steps = 0
        self.tokens.push(own)
        self._lengths += in_body

    def latest(
        self,
        least: Sequence[int],
        columns: AidColumns,
        among: tuple[Recent, NDArray[np.integer]] | None = None,
    ) -> None:
        """Write what followed the last matches of at least so many characters, and how long those were.

        With `among`, values of the characters before this one and its own, (rows,), only the matches that
        have this value at their ends.
        """
        if not self.depth:
            return
        runs, lags = self._runs, np.empty((len(least), len(self._runs)), np.int64)
        if among is not None:
            values, own = among
            equal = values.equal(own, self._near).view(np.uint8)
            runs = self._chosen
            np.multiply(self._runs[:, : self._near], equal, out=runs[:, : self._near])
        hits = self._hits[:, : self._near]
        for pointer, length in enumerate(least):
            np.greater_equal(runs[:, : self._near], length, out=hits)
            hits.argmax(axis=1, out=lags[pointer])
        lengths = runs.take(self._lines + lags)
        lengths *= lengths >= np.array(least)[:, None]
        if self.depth > self._near:
            self._look_further(least, lags, lengths, among)
        np.multiply(self.tokens.at(lags), lengths > 0, out=columns.candidates)
        np.multiply(lengths, columns.candidates > 0, out=columns.runs)

    def _look_further(
        self,
        least: Sequence[int],
        lags: NDArray[np.int64],
        lengths: NDArray[np.uint8],
        among: tuple[Recent, NDArray[np.integer]] | None,
    ) -> None:
        """Find matches in the long rows where there are none near, (pointers, rows)."""
        span = slice(self._near, self.depth)
        runs = self._runs[self._long, span]
        if among is not None:
            values, own = among
            runs *= values.equal_in(self._long, own, span)
        found = np.stack([(runs >= length).argmax(axis=1) for length in least])
        found_lengths = runs[np.arange(len(runs)), found]
        found_lengths *= found_lengths >= np.array(least)[:, None]
        near_lengths = lengths[:, self._long]
        lags[:, self._long] = np.where(near_lengths, lags[:, self._long], self._near + found)
        lengths[:, self._long] = np.where(near_lengths, near_lengths, found_lengths)

    def _allocate(self, capacity: int) -> None:
        """Make room for more lags."""
        known = self._runs
        self._runs = np.zeros((len(known), min(capacity, MAX_LAG)), np.uint8)
        self._runs[:, : known.shape[1]] = known
        self._chosen = np.empty_like(self._runs)
        self._hits = np.empty(self._runs.shape, np.bool_)
        self._lines = np.arange(len(known)) * self._runs.shape[1]  # where each row begins
