"""What a tune has in common with those that a network learnt from."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["longest_common_runs"]

_BASE = 0x9E3779B97F4A7C15  # odd, so that its powers have inverses modulo 2**64
_BETWEEN = 0  # a code point that no text holds

_Codes = NDArray[np.uint64]


def longest_common_runs(texts: Sequence[str], others: Sequence[str]) -> NDArray[np.int64]:
    """For each text, (texts,), how many characters its longest run has that stands in another.

    Runs are compared by 64-bit hashes of all windows of a length, and the length is found by
    bisection: with a run of n characters all shorter ones are common too.
    """
    mine, theirs = _Windows(texts), _Windows(others)
    least = np.zeros(len(texts), np.int64)
    most = np.array([len(text) for text in texts], np.int64)
    while (open_ := least < most).any():
        tried = (least + most + 1) // 2
        for length in np.unique(tried[open_]).tolist():
            asked = np.flatnonzero(open_ & (tried == length))
            common = mine.share(asked, theirs, length)
            least[asked[common]] = length
            most[asked[~common]] = length - 1
    return least


class _Windows:
    """Many texts end to end, and the hashes of every window of a length in them."""

    def __init__(self, texts: Sequence[str]) -> None:
        joined = chr(_BETWEEN).join([*texts, ""])
        codes = np.frombuffer(joined.encode("utf-32-le"), np.uint32).astype(np.uint64)
        powers = _powers(_BASE, len(codes) + 1)
        self._inverses = _powers(pow(_BASE, -1, 2**64), len(codes) + 1)
        self._sums = np.concatenate([[np.uint64(0)], np.cumsum(codes * powers[:-1])])
        lengths = np.array([len(text) for text in texts], np.int64)
        self._starts = np.cumsum(lengths + 1) - lengths - 1
        self._lengths = lengths
        self._sorted: dict[int, _Codes] = {}

    def share(self, numbers: NDArray[np.int64], others: _Windows, length: int) -> NDArray[np.bool_]:
        """Whether each of these texts has a window of a length in common with the other texts."""
        known = others._all(length)
        counts = self._lengths[numbers] - length + 1
        firsts = np.cumsum(counts) - counts
        places = np.arange(counts.sum()) + np.repeat(self._starts[numbers] - firsts, counts)
        hashes = self._hashes(places, length)
        found = np.searchsorted(known, hashes)
        common = known[np.minimum(found, len(known) - 1)] == hashes if len(known) else found < 0
        return np.logical_or.reduceat(common, firsts)

    def _all(self, length: int) -> _Codes:
        """The hashes of all windows of a length, sorted; those across two texts match no text's."""
        if length not in self._sorted:
            places = np.arange(max(0, len(self._sums) - length))
            self._sorted[length] = np.sort(self._hashes(places, length))
        return self._sorted[length]

    def _hashes(self, places: NDArray[np.int64], length: int) -> _Codes:
        hashes: _Codes = self._sums[places + length] - self._sums[places]
        hashes *= self._inverses[places]
        return hashes


def _powers(base: int, count: int) -> _Codes:
    """base ** 0, base ** 1, … modulo 2**64."""
    powers = np.full(count, base, np.uint64)
    powers[0] = 1
    return np.cumprod(powers, dtype=np.uint64)
