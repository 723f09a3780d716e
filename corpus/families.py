"""Tune families: near duplicates found by the signatures of their melodies alone.

Two tunes are kin when their signatures agree in `KIN` of their places or more; a family is what kinship
connects. Candidates come from locality-sensitive hashing: pairs that agree in a whole band of three
places, of which there are 42. A pair of Jaccard similarity 0.4 is found with a probability of 94%, one of
0.5 with 99.6%, and one of 0.8 fails to be with less than one in 10^12 (Leskovec, Rajaraman, Ullman:
Mining of Massive Datasets, section 3.4).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["KIN", "LARGEST", "SURELY_KIN", "family_of"]

KIN = 0.4
"""Agreement of two signatures from which on they are of one family."""

SURELY_KIN = 0.7
"""Agreement that the guard never cuts: two melodies of Jaccard similarity 0.8 reach it."""

LARGEST = 200
"""Tunes from which on a family looks like a chain of chance likenesses, and is cut more strictly."""

_BAND = 3  # places of a band
_STRICTER = 0.1
_CHUNK = 1 << 16  # pairs compared at once

Signatures = NDArray[np.uint16]
Indices = NDArray[np.int64]


def family_of(ids: Sequence[str], signatures: Signatures) -> dict[str, str]:
    """The family of each tune that has kin: the smallest id among them.

    `ids` are distinct; `signatures` has the shape (tunes, SIGNATURE_SIZE). Tunes without kin are left
    out, as each is its own family. The order of the tunes changes nothing.
    """
    found: dict[str, str] = {}
    for members in _families(signatures):
        names = [ids[index] for index in members]
        found |= dict.fromkeys(names, min(names))
    return found


def _families(signatures: Signatures) -> Iterator[Indices]:
    kin = _Components(len(signatures))
    for buckets in _bands(signatures):
        # Neighbours first: most buckets are then one family, and need no more comparisons.
        kin.join(_alike(signatures, kin.apart(_neighbours(buckets)), KIN))
        for bucket in buckets:
            if len(bucket) > 2:
                _connect(kin, signatures, bucket, KIN)
    for members in kin.groups():
        yield from _guarded(members, signatures, KIN)


def _connect(kin: _Components, signatures: Signatures, bucket: Indices, threshold: float) -> None:
    """Join all kin in a bucket, comparing only what is in two sets as yet: equals cost next to nothing."""
    while len(bucket) > 1 and not kin.together(bucket):
        first, bucket = bucket[0], bucket[1:]
        pairs = np.column_stack([np.full_like(bucket, first), bucket])
        kin.join(_alike(signatures, kin.apart(pairs), threshold))


def _guarded(members: Indices, signatures: Signatures, threshold: float) -> Iterator[Indices]:
    """A family as it is, or, while it is too large, cut into those that stricter kinship leaves."""
    stricter = round(threshold + _STRICTER, 2)
    if len(members) <= LARGEST or stricter > SURELY_KIN:
        yield members
        return
    kin = _Components(len(members))
    own = signatures[members]
    _connect(kin, own, np.arange(len(members)), stricter)
    for group in kin.groups():
        yield from _guarded(members[group], signatures, stricter)


def _bands(signatures: Signatures) -> Iterator[list[Indices]]:
    """For each band, the tunes that agree in it, as lists of two or more."""
    for start in range(0, signatures.shape[1] - _BAND + 1, _BAND):
        band = signatures[:, start : start + _BAND]
        order = np.lexsort(band.T)
        changes = (band[order[1:]] != band[order[:-1]]).any(axis=1)
        cuts = np.flatnonzero(changes) + 1
        edges = np.concatenate([[0], cuts, [len(order)]])
        shared = np.flatnonzero(np.diff(edges) > 1)
        yield [order[edges[i] : edges[i + 1]] for i in shared]


def _neighbours(buckets: list[Indices]) -> Indices:
    if not buckets:
        return np.empty((0, 2), np.int64)
    return np.concatenate([np.column_stack([each[:-1], each[1:]]) for each in buckets])


def _alike(signatures: Signatures, pairs: Indices, threshold: float) -> Indices:
    """Those of the pairs whose signatures agree in this share of places or more."""
    alike = [
        (signatures[chunk[:, 0]] == signatures[chunk[:, 1]]).mean(axis=1) >= threshold
        for chunk in (pairs[at : at + _CHUNK] for at in range(0, len(pairs), _CHUNK))
    ]
    return pairs[np.concatenate(alike)] if alike else pairs


class _Components:
    """Disjoint sets of indices, each under its root, so that whole arrays are looked up at once.

    Of two sets that join, the smaller gets the root of the other: an index moves log2(size) times at most.
    """

    def __init__(self, size: int) -> None:
        self._roots = np.arange(size)
        self._members: dict[int, list[int]] = {}  # of the sets of two or more, by root

    def join(self, pairs: Indices) -> None:
        for first, second in pairs.tolist():
            a, b = int(self._roots[first]), int(self._roots[second])
            if a != b:
                self._merge(a, b)

    def apart(self, pairs: Indices) -> Indices:
        """The pairs whose members are in two sets as yet."""
        first, second = self._roots[pairs].T
        return pairs[np.flatnonzero(first != second)]

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
