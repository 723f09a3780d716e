"""The tunes that a run learns from, each in every key in which it can be had.

An epoch reads every tune once, in a key that is drawn for it. The keys are drawn in proportion to the
tunes that stand in them, so that a network learns of rare keys that they are rare.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tuneloom.corpus.training_text.transpose import signature, transpose
from tuneloom.model.data.batching import Tunes
from tuneloom.model.data.split import tokenize
from tuneloom.model.data.vocabulary import Vocabulary

__all__ = ["Repertoire"]

_RARE = 0.01
"""The share of tunes that a key signature must have for other tunes to be transposed to it."""
_MOST_SETTINGS = 200_000
"""Settings that are made at most, which takes some seconds: with many tunes, each is had in fewer keys."""


class Repertoire:
    """Tunes, and for each the settings of it that an epoch may read."""

    def __init__(self, settings: Tunes, owners: NDArray[np.int64], weights: NDArray[np.float64]):
        """`owners`, (settings,), has the tune that each is of, ascending; `weights` their odds."""
        self._settings = settings
        self._first = np.flatnonzero(np.diff(owners, prepend=-1))  # (tunes,)
        self._summed = np.cumsum(weights)  # (settings,)
        self._before = self._summed[self._first] - weights[self._first]  # (tunes,)
        self._after = self._summed[np.append(self._first[1:], len(owners)) - 1]  # (tunes,)

    @classmethod
    def of(
        cls, texts: Sequence[str], vocabulary: Vocabulary, directory: Path, *, transposed: bool
    ) -> Repertoire:
        """From training texts; `transposed` adds their settings in other keys.

        Raises UsageError if a text holds a character that the vocabulary does not; a setting that
        would is left out.
        """
        tokenize(texts, vocabulary, directory)
        signatures = [signature(text) if transposed else None for text in texts]
        usual = _usual(signatures)
        keys = np.random.default_rng(0).permuted(np.tile(list(usual), (len(texts), 1)), axis=1)
        keys = keys[:, : _MOST_SETTINGS // len(texts)]  # (tunes, keys)
        settings: list[str] = []
        owners: list[int] = []
        weights: list[float] = []
        for owner, (text, own) in enumerate(zip(texts, signatures, strict=True)):
            found = [(text, usual.get(own, _RARE))]
            if own is not None:
                others = {sharps: usual[sharps] for sharps in keys[owner].tolist() if sharps != own}
                found += _moved(text, own, others, vocabulary)
            settings += [setting for setting, _ in found]
            weights += [weight for _, weight in found]
            owners += [owner] * len(found)
        tunes = tokenize(settings, vocabulary, directory)
        return cls(tunes, np.array(owners, np.int64), np.array(weights))

    def __len__(self) -> int:
        return len(self._first)

    def epoch(self, random: np.random.Generator) -> Tunes:
        """Every tune once, each in one of its settings."""
        drawn = self._before + random.random(len(self)) * (self._after - self._before)
        chosen = np.searchsorted(self._summed, drawn, side="right")
        return self._settings.take(chosen)


def _usual(signatures: Sequence[int | None]) -> dict[int | None, float]:
    """The key signatures that are not rare, and the share of the tunes that each has."""
    counts = Counter(sharps for sharps in signatures if sharps is not None)
    return {
        sharps: count / len(signatures)
        for sharps, count in sorted(counts.items())
        if count >= _RARE * len(signatures)
    }


def _moved(
    text: str, own: int, shares: dict[int, float], vocabulary: Vocabulary
) -> list[tuple[str, float]]:
    """A text moved to other key signatures, as far as it can be, each with the signature's share."""
    moved = ((transpose(text, sharps - own), share) for sharps, share in shares.items())
    return [
        (setting, share)
        for setting, share in moved
        if setting is not None and not vocabulary.unknown(setting)
    ]
