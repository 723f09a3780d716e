"""`--constraint metre`: the machine of metrical texts as a constraint of the sampler."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from model.backend import Tensor, tf
from model.metre import Machine
from model.vocabulary import Vocabulary

__all__ = ["Metre"]


class Metre:
    """Writes nothing but tunes whose every bar is right; raises UsageError where a run cannot.

    The machine works out its states when a text first reaches them, in Python; from then on it is
    a gather for all lanes at once.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._machine = Machine(vocabulary)
        self._width = vocabulary.size

    def allowed(self, states: Tensor, left: Tensor) -> Tensor:
        mask = tf.numpy_function(self._masks, [states, left], tf.bool)
        return tf.ensure_shape(mask, (states.shape[0], self._width))

    def after(self, states: Tensor, tokens: Tensor) -> Tensor:
        behind = tf.numpy_function(self._advanced, [states, tokens], tf.int64)
        return tf.ensure_shape(behind, states.shape)

    def needs(self, tokens: Iterable[int]) -> int | None:
        states, written = self._machine.begin(1), 0
        for token in tokens:
            if not self._machine.masks(states)[0, token]:
                return None
            states = self._machine.advance(states, np.array([token]))
            written += 1
        return written + int(self._machine.distance(states)[0]) + 1

    def _masks(self, states: NDArray[np.int64], left: NDArray[np.int32]) -> NDArray[np.bool_]:
        return self._machine.masks(self._own(states), left - 1)

    def _advanced(self, states: NDArray[np.int64], tokens: NDArray[np.int32]) -> NDArray[np.int64]:
        return self._own(self._machine.advance(self._own(states), tokens))

    def _own(self, states: NDArray[np.int64]) -> NDArray[np.int64]:
        """Between the sampler, whose tunes begin in state 0, and the machine: the same way twice."""
        return states ^ self._machine.start
