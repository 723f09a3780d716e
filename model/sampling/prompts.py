"""How draws begin: all with one primer, or each with one of several by their odds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tuneloom.model.runtime.backend import Tensor, tf
from tuneloom.model.sampling.counter_rng import uniform

__all__ = ["NO_OPENING", "Openings"]


@dataclass(frozen=True, slots=True)
class Openings:
    """Primers by row. Made by `of`.

    `tokens`: (openings, longest) int32, filled up with 0; `lengths`: (openings,) int32; `summed`:
    (openings,) float64, the odds of a row and those before it, 1 at the end.
    """

    tokens: NDArray[np.int32]
    lengths: NDArray[np.int32]
    summed: NDArray[np.float64]

    @classmethod
    def of(
        cls, primers: Sequence[NDArray[np.int32]], log_odds: NDArray[np.float64] | None = None
    ) -> Openings:
        """From primers, (tokens,) each, and the logarithms of their odds, alike unless given."""
        lengths = np.array([len(primer) for primer in primers], np.int32)
        tokens = np.zeros((len(primers), max(1, lengths.max())), np.int32)
        for row, primer in zip(tokens, primers, strict=True):
            row[: len(primer)] = primer
        odds = np.ones(len(primers)) if log_odds is None else np.exp(log_odds - log_odds.max())
        return cls(tokens, lengths, odds.cumsum() / odds.sum())

    def __len__(self) -> int:
        return len(self.lengths)

    def primers(self) -> list[NDArray[np.int32]]:
        return [row[:length] for row, length in zip(self.tokens, self.lengths, strict=True)]

    def forced(self, seed: int, draws: Tensor, written: Tensor) -> tuple[Tensor, Tensor]:
        """Whether each lane is still in its primer, (lanes,) bool, and the token that it writes then.

        `draws` and `written`, (lanes,): what it works on, and the tokens that it has so far.
        """
        rows = self._rows(seed, draws)
        within = tf.minimum(written, self.tokens.shape[1] - 1)
        primed = tf.gather(tf.constant(self.tokens.ravel()), rows * self.tokens.shape[1] + within)
        return written < tf.gather(tf.constant(self.lengths), rows), primed

    def _rows(self, seed: int, draws: Tensor) -> Tensor:
        """The opening of each of the draws, (lanes,)."""
        if len(self) == 1:
            return tf.zeros_like(draws)
        below = tf.constant(self.summed, tf.float32)[None] <= uniform(seed, draws)[:, None]
        counts = tf.reduce_sum(tf.cast(below, tf.int32), axis=1)
        return tf.minimum(counts, len(self) - 1)


NO_OPENING = Openings.of([np.zeros(0, np.int32)])
