"""Disjoint sets of tunes, which pairs of related tunes join."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["Components", "Indices"]

Indices = NDArray[np.int64]


class Components:
    """Disjoint sets of indices, stored as the root of each index, so that arrays are looked up at once.

    When two sets are joined, the smaller gets the root of the other: an index moves log2(size) times at most.
    """

    def __init__(self, size: int) -> None:
        self._roots = np.arange(size)
        self._members: dict[int, list[int]] = {}  # of the sets of two or more, by root

    def join(self, pairs: Indices) -> None:
        """Join the sets of the members of each pair, (pairs, 2)."""
        for first, second in self.apart(pairs).tolist():
            a, b = int(self._roots[first]), int(self._roots[second])
            if a != b:
                self._merge(a, b)

    def join_all(self, indices: Indices) -> None:
        """Join the sets of all of these."""
        self.join(np.column_stack([indices[:-1], indices[1:]]))

    def apart(self, pairs: Indices) -> Indices:
        """The pairs whose members are still in different sets."""
        return pairs[self.are_apart(pairs)]

    def are_apart(self, pairs: Indices) -> Indices:
        """The indices of the pairs whose members are still in different sets."""
        first, second = self._roots[pairs].T
        return np.flatnonzero(first != second)

    def together(self, indices: Indices) -> bool:
        """Whether all of these are in one set."""
        roots = self._roots[indices]
        return bool((roots == roots[0]).all())

    def groups(self) -> list[Indices]:
        """The sets of two or more, each in order."""
        return [np.array(sorted(members)) for members in self._members.values()]

    def _merge(self, a: int, b: int) -> None:
        large, small = self._members.pop(a, [a]), self._members.pop(b, [b])
        root = a
        if len(large) < len(small):
            large, small, root = small, large, b
        self._roots[small] = root
        large += small
        self._members[root] = large
