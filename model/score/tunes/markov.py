"""Tunes of a Markov model of a training split: what a network must do better than.

Each character depends on the `ORDER` characters before it, with the frequencies of the training texts and
no smoothing (Shannon: A Mathematical Theory of Communication, 1948, section 3).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tuneloom.corpus.kinship.windows import window_hashes
from tuneloom.model.score.tunes.tune_set import DrawnText

__all__ = ["ORDER", "markov_tunes"]

ORDER = 6
"""Characters of context."""

_MAX_CHARS = 2000
_SEED = 1
_BOUNDARY = 0  # before and after a text

_Codes = NDArray[np.uint32]


def markov_tunes(texts: Sequence[str], count: int, order: int = ORDER) -> list[DrawnText]:
    """Draw so many tunes, always the same, from the model of these training texts.

    A draw that has no end after 2,000 characters is unfinished. Without texts there are no draws.
    """
    if not texts:
        return []
    model = _Model(texts, order)
    rows = np.full((count, order + _MAX_CHARS), _BOUNDARY, np.uint32)  # (draws, characters)
    generator = np.random.default_rng(_SEED)
    going = np.arange(count)
    for at in range(order, order + _MAX_CHARS):
        following = model.draw(rows[going, at - order : at], generator)
        rows[going, at] = following
        going = going[following != _BOUNDARY]
        if not len(going):
            break
    unfinished = set(going.tolist())
    return [
        DrawnText(_text(row[order:]), finished=index not in unfinished)
        for index, row in enumerate(rows)
    ]


class _Model:
    """The characters of all texts, sorted by the hash of the `order` characters before each."""

    def __init__(self, texts: Sequence[str], order: int) -> None:
        before = "\0" * order
        joined = before.join(["", *(text.rstrip("\n") for text in texts)]) + "\0"
        codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
        hashes = window_hashes(codes[:-1], order)
        ranks = np.argsort(hashes, kind="stable")
        self._order = order
        self._hashes = hashes[ranks]
        self._following = codes[order:][ranks]

    def draw(self, contexts: _Codes, generator: np.random.Generator) -> _Codes:
        """A character (draws,) after each context (draws, order), all of which occur in the texts."""
        hashes = window_hashes(contexts.ravel(), self._order)[:: self._order]
        lows, highs = (np.searchsorted(self._hashes, hashes, side) for side in ("left", "right"))
        chosen: _Codes = self._following[generator.integers(lows, highs)]
        return chosen


def _text(codes: _Codes) -> str:
    text = codes.tobytes().decode("utf-32-le", "surrogatepass")
    return text.partition("\0")[0]
