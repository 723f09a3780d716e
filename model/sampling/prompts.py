"""Prompts: the tokens that tunes begin with, the same for all or one of several for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tuneloom.model.runtime.backend import Tensor, tf
from tuneloom.model.sampling.counter_rng import uniform_per_draw

__all__ = ["NO_PROMPT", "Prompts"]


@dataclass(frozen=True, slots=True)
class Prompts:
    """Prompts and their probabilities. Made by `of`.

    `tokens`, (prompts, time) int32, is padded with 0; `lengths` is (prompts,) int32; `cumulative`,
    (prompts,) float64, has the probability of each prompt and those before it.
    """

    tokens: NDArray[np.int32]
    lengths: NDArray[np.int32]
    cumulative: NDArray[np.float64]

    @classmethod
    def of(
        cls,
        prompts: Sequence[NDArray[np.int32]],
        log_probabilities: NDArray[np.float64] | None = None,
    ) -> Prompts:
        """From prompts, (tokens,) each, and their log-probabilities, (prompts,), up to a constant.

        All prompts are equally likely by default.
        """
        lengths = np.array([len(prompt) for prompt in prompts], np.int32)
        tokens = np.zeros((len(prompts), max(1, lengths.max())), np.int32)
        for row, prompt in zip(tokens, prompts, strict=True):
            row[: len(prompt)] = prompt
        if log_probabilities is None:
            weights = np.ones(len(prompts))
        else:
            weights = np.exp(log_probabilities - log_probabilities.max())
        return cls(tokens, lengths, weights.cumsum() / weights.sum())

    def __len__(self) -> int:
        return len(self.lengths)

    def forced(self, seed: int, draws: Tensor, written: Tensor) -> tuple[Tensor, Tensor]:
        """Whether each row is still in its prompt, (batch,) bool, and the next token of the prompt.

        `draws` and `written`, (batch,), are the draw in each row and the number of its tokens so far.
        """
        rows = self._prompt_of(seed, draws)
        column = tf.minimum(written, self.tokens.shape[1] - 1)
        tokens = tf.gather(tf.constant(self.tokens.ravel()), rows * self.tokens.shape[1] + column)
        return written < tf.gather(tf.constant(self.lengths), rows), tokens

    def _prompt_of(self, seed: int, draws: Tensor) -> Tensor:
        """The index of each draw's prompt, (batch,)."""
        if len(self) == 1:
            return tf.zeros_like(draws)
        chance = uniform_per_draw(seed, draws)[:, None]
        below = tf.constant(self.cumulative, tf.float32)[None] <= chance
        counts = tf.reduce_sum(tf.cast(below, tf.int32), axis=1)
        return tf.minimum(counts, len(self) - 1)


NO_PROMPT = Prompts.of([np.zeros(0, np.int32)])
