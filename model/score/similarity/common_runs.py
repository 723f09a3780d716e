"""The longest run, of characters or of melodic steps, that a text has in common with any of many others.

Runs are found by 64-bit hashes of windows of growing length. A place in a text is kept only while its window
occurs in the other texts too, and the other way round, so each round has less to do. When a text has no
window left, the matches of the round before are extended, pair by pair, to their full length.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tuneloom.corpus.kinship.windows import powers

__all__ = ["longest_common_runs", "longest_runs"]

_BASE = 0x9E3779B97F4A7C15  # odd, so its powers have inverses modulo 2**64
_MIN_WINDOW = 8  # the shortest window; nearly all tunes share one of this length
_GROWTH = 1.2
_MAX_PAIRS = 1 << 21  # extended at once

_Codes = NDArray[np.uint64]
_Places = NDArray[np.int64]


def longest_common_runs(texts: Sequence[str], others: Sequence[str]) -> _Places:
    """For each text (texts,) the length of its longest run of characters that occurs in another."""
    return longest_runs(_code_points(texts), _code_points(others))


def _code_points(texts: Sequence[str]) -> list[_Codes]:
    raw = (np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32) for text in texts)
    return [codes.astype(np.uint64) for codes in raw]


def longest_runs(rows: Sequence[_Codes], others: Sequence[_Codes]) -> _Places:
    """For each row of numbers below 2**32, the length of its longest run that occurs in another row."""
    first_of: dict[bytes, int] = {}
    of_row = [first_of.setdefault(row.tobytes(), len(first_of)) for row in rows]
    # Equal rows are searched once.
    distinct = [np.frombuffer(data, np.uint64) for data in first_of]
    mine, theirs = _JoinedRows(distinct, 2**32), _JoinedRows(others, 2**32 + 1)
    return _Search(mine, theirs).lengths()[of_row]


class _JoinedRows:
    """Many rows end to end, `between` before and after each, and the hashes of their windows."""

    def __init__(self, rows: Sequence[_Codes], between: int) -> None:
        end = np.array([between], np.uint64)
        self.codes = np.concatenate([end, *(part for row in rows for part in (row, end))])
        weights = powers(_BASE, len(self.codes) + 1)
        self._inverses = powers(pow(_BASE, -1, 2**64), len(self.codes) + 1)
        self._sums = np.concatenate([[np.uint64(0)], np.cumsum(self.codes * weights[:-1])])
        lengths = np.array([len(row) for row in rows], np.int64)
        self.count = len(rows)
        self.owners = np.repeat(np.arange(len(rows)), lengths + 1)
        self.ends = np.repeat(np.cumsum(lengths + 1), lengths + 1)
        # Place 0 is before the first row.
        self.owners = np.concatenate([[0], self.owners])
        self.ends = np.concatenate([[0], self.ends])

    def windows(self, places: _Places, length: int) -> _Places:
        """The places at which a window of this length lies within one row."""
        return places[places + length <= self.ends[places]]

    def hashes(self, places: _Places, length: int | _Places) -> _Codes:
        found: _Codes = self._sums[places + length] - self._sums[places]
        found *= self._inverses[places]
        return found


@dataclass(frozen=True, slots=True)
class _Matches:
    """Places whose window occurs in the others: that of places[i] at theirs[lows[i]:highs[i]], by hash."""

    length: int
    places: _Places
    theirs: _Places
    lows: _Places
    highs: _Places


class _Search:
    def __init__(self, mine: _JoinedRows, theirs: _JoinedRows) -> None:
        self._mine, self._theirs = mine, theirs
        self._best = np.zeros(mine.count, np.int64)

    def lengths(self) -> _Places:
        everywhere = np.arange(1, len(self._mine.codes)), np.arange(1, len(self._theirs.codes))
        last = self._match(*everywhere, _MIN_WINDOW)
        self._short(*everywhere, set(range(self._mine.count)) - self._owners(last))
        while len(last.places):
            length = max(last.length + 1, int(last.length * _GROWTH))
            longer = self._match(last.places, last.theirs, length)
            ending = np.ones(self._mine.count, np.bool_)
            ending[self._mine.owners[longer.places]] = False
            self._extend(last, ending[self._mine.owners[last.places]], length - 1)
            last = longer
        return self._best

    def _owners(self, matches: _Matches) -> set[int]:
        return set(np.unique(self._mine.owners[matches.places]).tolist())

    def _short(self, places: _Places, theirs: _Places, left: set[int]) -> None:
        """Measure the rows that have no common window of the first length, which are few or short."""
        for length in range(_MIN_WINDOW - 1, 0, -1):
            if not left:
                return
            own = places[np.isin(self._mine.owners[places], list(left))]
            found = self._owners(self._match(own, theirs, length))
            self._best[list(found)] = length
            left -= found

    def _match(self, places: _Places, theirs: _Places, length: int) -> _Matches:
        places = self._mine.windows(places, length)
        theirs = self._theirs.windows(theirs, length)
        ours, known = self._mine.hashes(places, length), self._theirs.hashes(theirs, length)
        wanted = np.sort(ours)
        kept = _occur_in(wanted, known)
        theirs, known = theirs[kept], known[kept]
        order = np.argsort(known)
        theirs, known = theirs[order], known[order]
        common = _occur_in(known, ours)
        places, ours = places[common], ours[common]
        lows, highs = (np.searchsorted(known, ours, side) for side in ("left", "right"))
        return _Matches(length, places, theirs, lows, highs)

    def _extend(self, matches: _Matches, chosen: NDArray[np.bool_], most: int) -> None:
        """Extend the chosen matches up to `most`, and keep the best of each row."""
        places, lows = matches.places[chosen], matches.lows[chosen]
        counts = matches.highs[chosen] - lows
        total = np.cumsum(counts)
        start = 0
        while start < len(places):
            # One place has at most as many pairs as there are places in the others, so a chunk is bounded.
            done = total[start - 1] if start else 0
            stop = max(start + 1, int(np.searchsorted(total, done + _MAX_PAIRS, "right")))
            chunk = slice(start, stop)
            ours = np.repeat(places[chunk], counts[chunk])
            within = np.arange(len(ours)) - np.repeat(
                total[chunk] - counts[chunk] - done, counts[chunk]
            )
            partners = matches.theirs[np.repeat(lows[chunk], counts[chunk]) + within]
            self._extend_pairs(ours, partners, matches.length, most)
            start = stop

    def _extend_pairs(self, ours: _Places, theirs: _Places, least: int, most: int) -> None:
        # A pair that could begin earlier is part of another one.
        leftmost = self._mine.codes[ours - 1] != self._theirs.codes[theirs - 1]
        ours, theirs = ours[leftmost], theirs[leftmost]
        low = np.full(len(ours), least, np.int64)
        room = np.minimum(self._mine.ends[ours] - ours, self._theirs.ends[theirs] - theirs)
        high = np.minimum(room, most)
        while (low < high).any():
            middle = (low + high + 1) // 2
            same = self._mine.hashes(ours, middle) == self._theirs.hashes(theirs, middle)
            low = np.where(same, middle, low)
            high = np.where(same, high, middle - 1)
        np.maximum.at(self._best, self._mine.owners[ours], low)


def _occur_in(ordered: _Codes, hashes: _Codes) -> NDArray[np.bool_]:
    """Which of the hashes occur among the ordered ones."""
    if not len(ordered):
        return np.zeros(len(hashes), np.bool_)
    found = np.searchsorted(ordered, hashes)
    same: NDArray[np.bool_] = ordered[np.minimum(found, len(ordered) - 1)] == hashes
    return same
