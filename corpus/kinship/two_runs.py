"""Tunes that have two runs of steps in common, which do not overlap in either tune.

One such run may be chance; two are not. Of 14,474 real tunes, 17,000 pairs have a run of 12 steps in common
and 2,000 have two, nearly all of them settings of one tune. What counts is where a run first occurs in each
tune: a phrase that both tunes repeat is one run, not two.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tuneloom.corpus.kinship.components import Components, Indices
from tuneloom.corpus.kinship.windows import CommonWindows, TuneRows, common_windows

__all__ = ["MAX_HOLDERS", "join_two_runs", "two_run_pairs"]

MAX_HOLDERS = 32
"""A run that more tunes have is a formula, and does not count as one of the two.

None of 12 steps is in more than 27 tunes of `folk`, `nottingham` and `irish`. The work grows with the number
of tunes times this; without a limit, one formula that every reel has would make it grow with the square.
"""

_HITS = 1 << 22  # compared at once


@dataclass(frozen=True, slots=True)
class _Holders:
    """Which tune has a run, sorted by run and tune, and where the run first occurs in it."""

    runs: Indices
    tunes: Indices
    places: Indices


@dataclass(frozen=True, slots=True)
class _Hits:
    """Runs that pairs of tunes have in common, with the place in each; sorted by pair and first place.

    `pairs` and `places` are (hits, 2).
    """

    pairs: Indices
    places: Indices

    def apart(self, one: Indices, other: Indices, length: int) -> NDArray[np.bool_]:
        """Whether two hits of one pair of tunes do not overlap in either of them."""
        distances = np.abs(self.places[one] - self.places[other])
        found: NDArray[np.bool_] = (distances >= length).all(axis=-1)
        return found


def join_two_runs(sets: Components, steps: TuneRows, length: int) -> None:
    """Join the tunes that have two runs of this length in common, apart in both tunes."""
    for pairs in two_run_pairs(sets, steps, length):
        sets.join(pairs)


def two_run_pairs(sets: Components, steps: TuneRows, length: int) -> Iterator[Indices]:
    """The pairs of tunes that have two such runs, (pairs, 2), of those that are in different sets."""
    holders = _holders_of(common_windows(steps, length))
    for start, stop in _slices(holders):
        hits = _hits_of(holders, start, stop, sets)
        yield hits.pairs[_pairs_with_two(hits, length)]


def _holders_of(passes: Iterator[CommonWindows]) -> _Holders:
    parts: list[tuple[Indices, ...]] = [(np.empty(0, np.int64),) * 3]
    count = 0
    for found in passes:
        # In the windows' order, the first place in a tune is the first of its places.
        first = np.ones(len(found.windows), np.bool_)
        first[1:] = (np.diff(found.windows) != 0) | (np.diff(found.owners) != 0)
        starts = np.flatnonzero(first)
        _, runs, sizes = np.unique(found.windows[starts], return_inverse=True, return_counts=True)
        kept = np.flatnonzero(sizes[runs] <= MAX_HOLDERS)
        starts = starts[kept]
        parts.append((runs[kept] + count, found.owners[starts], found.places[starts]))
        count += len(sizes)
    return _Holders(*(np.concatenate(part) for part in zip(*parts, strict=True)))


def _slices(holders: _Holders) -> Iterator[tuple[int, int]]:
    """Ranges of tunes that have about `_HITS` hits each, or are a single tune."""
    if not len(holders.tunes):
        return
    after = np.cumsum(np.bincount(holders.tunes)) * (MAX_HOLDERS - 1)
    start = 0
    while start < len(after):
        before = int(after[start - 1]) if start else 0
        stop = max(start + 1, int(np.searchsorted(after, before + _HITS, "right")))
        yield start, stop
        start = stop


def _hits_of(holders: _Holders, start: int, stop: int, sets: Components) -> _Hits:
    """The hits of pairs that are still apart, and whose first tune is in a range."""
    one = np.flatnonzero((holders.tunes >= start) & (holders.tunes < stop))
    found: list[Indices] = [np.empty((0, 2), np.int64)]
    for distance in range(1, MAX_HOLDERS):
        one = one[one + distance < len(holders.runs)]
        one = one[holders.runs[one] == holders.runs[one + distance]]
        found.append(np.column_stack([one, one + distance]))
    both = np.concatenate(found)
    pairs = holders.tunes[both]
    kept = sets.are_apart(pairs)
    both, pairs = both[kept], pairs[kept]
    places = holders.places[both]
    order = np.lexsort((places[:, 0], pairs[:, 1], pairs[:, 0]))
    return _Hits(pairs[order], places[order])


def _pairs_with_two(hits: _Hits, length: int) -> Indices:
    """For each pair of tunes that has two runs, the index of a hit."""
    begins = np.ones(len(hits.pairs), np.bool_)
    begins[1:] = (hits.pairs[1:] != hits.pairs[:-1]).any(axis=1)
    starts = np.flatnonzero(begins)
    ends = np.append(starts[1:], len(begins))[: len(starts)] - 1
    # The hits that are furthest apart in the first tune decide nearly every pair.
    sure = hits.apart(starts, ends, length)
    unsure = np.flatnonzero(~sure & (ends > starts + 1))
    more = [i for i in unsure.tolist() if _any_two(hits, int(starts[i]), int(ends[i]) + 1, length)]
    return starts[np.append(np.flatnonzero(sure), np.array(more, np.int64))]


def _any_two(hits: _Hits, start: int, stop: int, length: int) -> bool:
    within = np.arange(start, stop)
    return any(hits.apart(np.array([i]), within[within > i], length).any() for i in within)
