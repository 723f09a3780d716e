"""The most similar training tune, by the n-grams of melodies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from tuneloom.corpus.melody import GRAM

__all__ = ["nearest_tunes", "step_numbers"]

Steps = NDArray[np.uint64]
_BASE = np.uint64(0x9E3779B97F4A7C15)


def step_numbers(rows: Sequence[Sequence[str]], known: dict[str, int]) -> list[Steps]:
    """Steps as numbers from 1 up; `known` holds the numbers so far and takes new ones."""
    return [
        np.array([known.setdefault(step, len(known) + 1) for step in row], np.uint64)
        for row in rows
    ]


def nearest_tunes(
    tunes: Sequence[Steps], others: Sequence[Steps]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """For each tune, (tunes,), the index of the most similar other one, and the similarity, 0 to 1.

    The similarity is the Jaccard index of the two sets of n-grams (`corpus.melody.melody_grams`). It is
    exact: counting the tunes that have each n-gram is as fast as comparing MinHash signatures with those of
    12,000 others. The first of equally similar tunes is taken; without others, both arrays are 0.
    """
    indices = np.zeros(len(tunes), np.int64)
    similarities = np.zeros(len(tunes))
    if not others:
        return indices, similarities
    index = _GramIndex(others)
    for number, similarity in enumerate(map(index.similarities, tunes)):
        indices[number] = similarity.argmax()
        similarities[number] = similarity.max()
    return indices, similarities


class _GramIndex:
    """Which tunes have an n-gram: `_holders`, sorted by the hash of the n-gram."""

    def __init__(self, tunes: Sequence[Steps]) -> None:
        grams = list(_gram_hashes(tunes))
        self._sizes = np.array([len(each) for each in grams])
        hashes = np.concatenate(grams)
        order = np.argsort(hashes, kind="stable")
        self._holders = np.repeat(np.arange(len(grams)), self._sizes)[order]
        self._grams, self._starts = np.unique(hashes[order], return_index=True)
        self._stops = np.append(self._starts[1:], len(hashes))

    def similarities(self, tune: Steps) -> NDArray[np.float64]:
        """The Jaccard index (tunes,) with every tune of this index."""
        (grams,) = _gram_hashes([tune])
        at = np.minimum(np.searchsorted(self._grams, grams), len(self._grams) - 1)
        at = at[self._grams[at] == grams]
        parts = [self._holders[self._starts[i] : self._stops[i]] for i in at]
        shared = np.bincount(np.concatenate(parts or [at]), minlength=len(self._sizes))
        return shared / (self._sizes + len(grams) - shared)


def _gram_hashes(tunes: Sequence[Steps]) -> Iterator[NDArray[np.uint64]]:
    """The hashes of the n-grams of each tune; a tune of fewer steps has one, of all its steps."""
    for steps in tunes:
        padded = np.append(steps, np.zeros(max(0, GRAM - len(steps)), np.uint64))
        hashes = np.zeros(len(padded) - GRAM + 1, np.uint64)
        for i in range(GRAM):
            hashes = hashes * _BASE + padded[i : i + len(hashes)]
        yield np.unique(hashes)
