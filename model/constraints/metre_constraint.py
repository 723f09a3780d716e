"""`--constraint metre`: the automaton of metrical texts as a constraint of the sampler."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from tuneloom.model.constraints.metre.metre_automaton import MetreAutomaton
from tuneloom.model.data.vocabulary import BOUNDARY, Vocabulary
from tuneloom.model.runtime.backend import Tensor, tf

__all__ = ["MetreConstraint"]


class MetreConstraint:
    """Allows only tunes whose bars all have the right length.

    The automaton computes a state in Python when a text first reaches it; after that a step is a lookup
    for the whole batch.

    Raises:
        UsageError: the vocabulary cannot write a tune.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._automaton = MetreAutomaton(vocabulary)
        self._vocabulary_size = vocabulary.size

    def step(self, states: Tensor, tokens: Tensor, remaining: Tensor) -> tuple[Tensor, Tensor]:
        outputs = tf.numpy_function(
            self._numpy_step, [states, tokens, remaining], [tf.int64, tf.bool]
        )
        shapes = states.shape, (states.shape[0], self._vocabulary_size)
        states, mask = map(tf.ensure_shape, outputs, shapes)
        return states, mask

    def min_length(self, tokens: Iterable[int]) -> int | None:
        states, written = self._automaton.begin(1), 0
        for token in tokens:
            if not self._automaton.masks(states)[0, token]:
                return None
            states = self._automaton.advance(states, np.array([token]))
            written += 1
        return written + int(self._automaton.distance(states)[0]) + 1

    def _numpy_step(
        self, states: NDArray[np.int64], tokens: NDArray[np.int32], remaining: NDArray[np.int32]
    ) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        after = self._automaton.begin(len(states))
        inside = tokens != BOUNDARY
        after[inside] = self._automaton.advance(states[inside], tokens[inside])
        return after, self._automaton.masks(after, remaining - 1)
