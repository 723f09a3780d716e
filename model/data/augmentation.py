"""Data augmentation by transposition: an epoch reads each tune once, in a key drawn for it.

Keys are drawn in proportion to the tunes written in them, so that rare keys stay rare.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tuneloom.corpus.training_text.keys.transpose import sharps_in_key, transpose
from tuneloom.model.data.batching import TokenizedTunes
from tuneloom.model.data.split import tokenize_tunes
from tuneloom.model.data.vocabulary import Vocabulary

__all__ = ["MAX_TRANSPOSITIONS", "TransposedTunes"]

_MIN_SHARE = 0.01
"""Tunes are transposed only to key signatures that at least this share of all tunes have."""
MAX_TRANSPOSITIONS = 200_000
"""The most transpositions to make, which takes some seconds; a large data set gets fewer a tune."""


class TransposedTunes:
    """Tunes, each with the transpositions of it that an epoch may read.

    `versions` are all versions of all tunes; `owners`, (versions,), is ascending and holds the tune that
    each is a version of; `weights`, (versions,), are their relative probabilities. `aids_of` gives the
    aids of the tunes of an epoch; None if the versions have theirs.
    """

    def __init__(
        self,
        versions: TokenizedTunes,
        owners: NDArray[np.int64],
        weights: NDArray[np.float64],
        aids_of: Callable[[TokenizedTunes], NDArray[Any]] | None = None,
    ) -> None:
        self._versions, self._aids_of = versions, aids_of
        self._first = np.flatnonzero(np.diff(owners, prepend=-1))  # (tunes,)
        self._cumulative = np.cumsum(weights)  # (versions,)
        self._before = self._cumulative[self._first] - weights[self._first]  # (tunes,)
        self._after = self._cumulative[np.append(self._first[1:], len(owners)) - 1]  # (tunes,)

    @classmethod
    def of(
        cls,
        texts: Sequence[str],
        vocabulary: Vocabulary,
        directory: Path,
        *,
        transpose: bool,
        metrical: NDArray[np.bool_] | None = None,
        aids_of: Callable[[TokenizedTunes], NDArray[Any]] | None = None,
        max_transpositions: int = MAX_TRANSPOSITIONS,
    ) -> TransposedTunes:
        """From the training texts of the data set in `directory`; without `transpose`, as they are.

        All are called metrical unless `metrical`, (texts,), is given. A transposition that needs a
        character outside the vocabulary is left out.

        Raises:
            UsageError: a text itself has such a character.
        """
        tokenize_tunes(texts, vocabulary, directory)
        signatures = [sharps_in_key(text) if transpose else None for text in texts]
        shares = _signature_shares(signatures)
        keys = np.random.default_rng(0).permuted(np.tile(list(shares), (len(texts), 1)), axis=1)
        keys = keys[:, : max_transpositions // len(texts)]  # (tunes, keys)
        versions: list[str] = []
        owners: list[int] = []
        weights: list[float] = []
        for owner, (text, own) in enumerate(zip(texts, signatures, strict=True)):
            found = [(text, shares.get(own, _MIN_SHARE))]
            if own is not None:
                others = {
                    sharps: shares[sharps] for sharps in keys[owner].tolist() if sharps != own
                }
                found += _transpositions(text, own, others, vocabulary)
            versions += [version for version, _ in found]
            weights += [weight for _, weight in found]
            owners += [owner] * len(found)
        told = None if metrical is None else metrical[owners]
        tunes = tokenize_tunes(versions, vocabulary, directory, told)
        # The aids of all transpositions could take more memory than everything else.
        if aids_of is not None and not transpose:
            tunes, aids_of = tunes.with_aids(aids_of(tunes)), None
        return cls(tunes, np.array(owners, np.int64), np.array(weights), aids_of)

    def __len__(self) -> int:
        return len(self._first)

    def epoch(self, random: np.random.Generator) -> TokenizedTunes:
        """All tunes, each in one of its versions."""
        drawn = self._before + random.random(len(self)) * (self._after - self._before)
        tunes = self._versions.take(np.searchsorted(self._cumulative, drawn, side="right"))
        return tunes if self._aids_of is None else tunes.with_aids(self._aids_of(tunes))


def _signature_shares(signatures: Sequence[int | None]) -> dict[int | None, float]:
    """The key signatures that are common enough, with the share of the tunes that have each."""
    counts = Counter(sharps for sharps in signatures if sharps is not None)
    return {
        sharps: count / len(signatures)
        for sharps, count in sorted(counts.items())
        if count >= _MIN_SHARE * len(signatures)
    }


def _transpositions(
    text: str, own: int, shares: dict[int, float], vocabulary: Vocabulary
) -> list[tuple[str, float]]:
    """The text transposed to other key signatures where possible, with the share of each."""
    moved = ((transpose(text, sharps - own), share) for sharps, share in shares.items())
    return [
        (version, share)
        for version, share in moved
        if version is not None and not vocabulary.unknown(version)
    ]
