"""Similar melodies: near duplicates as a whole, found by the MinHash signatures of their melodies.

Two tunes are similar if the share of places in which their signatures agree is `MIN_AGREEMENT` or more.
Candidates come from locality-sensitive hashing: pairs that agree in a whole band of three places, of which
there are 42. A pair of Jaccard similarity 0.4 is found with a probability of 94%, one of 0.5 with 99.6%, and
one of 0.8 is missed with a probability of less than 10^-12 (Leskovec, Rajaraman, Ullman: Mining of Massive
Datasets, section 3.4).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from tuneloom.corpus.kinship.components import Components, Indices

__all__ = ["MAX_FAMILY", "MIN_AGREEMENT", "SURE_AGREEMENT", "similar_groups", "similar_pairs"]

MIN_AGREEMENT = 0.4
"""The agreement of two signatures from which they are in one family."""

SURE_AGREEMENT = 0.7
"""The agreement that always keeps tunes in one family: melodies of Jaccard similarity 0.8 reach it."""

MAX_FAMILY = 200
"""A family of more tunes looks like a chain of chance similarities, and is split by a higher agreement."""

_BAND = 3  # places of a band
_STEP = 0.1
_CHUNK = 1 << 16  # pairs compared at once

Signatures = NDArray[np.uint16]


def similar_groups(signatures: Signatures) -> Iterator[Indices]:
    """The families of two or more that similarity alone makes; signatures are (tunes, SIGNATURE_SIZE).

    The order of the tunes does not matter.
    """
    sets = Components(len(signatures))
    for buckets in _bands(signatures):
        # Neighbours first: most buckets are then one family, and need no further comparison.
        sets.join(similar_pairs(signatures, sets.apart(_neighbours(buckets)), MIN_AGREEMENT))
        for bucket in buckets:
            if len(bucket) > 2:
                _connect(sets, signatures, bucket, MIN_AGREEMENT)
    for members in sets.groups():
        yield from _split_by_agreement(members, signatures, MIN_AGREEMENT)


def _connect(sets: Components, signatures: Signatures, bucket: Indices, threshold: float) -> None:
    """Join all similar tunes in a bucket, comparing only those that are still in different sets."""
    while len(bucket) > 1 and not sets.together(bucket):
        first, bucket = bucket[0], bucket[1:]
        pairs = np.column_stack([np.full_like(bucket, first), bucket])
        sets.join(similar_pairs(signatures, sets.apart(pairs), threshold))


def _split_by_agreement(
    members: Indices, signatures: Signatures, threshold: float
) -> Iterator[Indices]:
    """A family as it is or, while it is too large, the families that a higher agreement leaves of it."""
    higher = round(threshold + _STEP, 2)
    if len(members) <= MAX_FAMILY or higher > SURE_AGREEMENT:
        yield members
        return
    sets = Components(len(members))
    own = signatures[members]
    _connect(sets, own, np.arange(len(members)), higher)
    for group in sets.groups():
        yield from _split_by_agreement(members[group], signatures, higher)


def _bands(signatures: Signatures) -> Iterator[list[Indices]]:
    """For each band, the groups of two or more tunes that agree in it."""
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


def similar_pairs(signatures: Signatures, pairs: Indices, threshold: float) -> Indices:
    """The pairs whose signatures agree in at least this share of places."""
    similar = [
        (signatures[chunk[:, 0]] == signatures[chunk[:, 1]]).mean(axis=1) >= threshold
        for chunk in (pairs[at : at + _CHUNK] for at in range(0, len(pairs), _CHUNK))
    ]
    return pairs[np.concatenate(similar)] if similar else pairs
