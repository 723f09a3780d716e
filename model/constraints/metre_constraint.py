"""`--constraint metre`: the machine of metrical texts as a constraint of the sampler."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from tuneloom.model.constraints.metre import Machine
from tuneloom.model.data.vocabulary import BOUNDARY, Vocabulary
from tuneloom.model.runtime.backend import Tensor, tf

__all__ = ["Metre"]


class Metre:
    """Writes nothing but tunes whose every bar is right; raises UsageError where a run cannot.

    The machine works out its states when a text first reaches them, in Python; from then on it is
    a gather for all lanes at once.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._machine = Machine(vocabulary)
        self._width = vocabulary.size

    def follow(self, states: Tensor, tokens: Tensor, left: Tensor) -> tuple[Tensor, Tensor]:
        found = tf.numpy_function(self._followed, [states, tokens, left], [tf.int64, tf.bool])
        shapes = states.shape, (states.shape[0], self._width)
        states, mask = map(tf.ensure_shape, found, shapes)
        return states, mask

    def needs(self, tokens: Iterable[int]) -> int | None:
        states, written = self._machine.begin(1), 0
        for token in tokens:
            if not self._machine.masks(states)[0, token]:
                return None
            states = self._machine.advance(states, np.array([token]))
            written += 1
        return written + int(self._machine.distance(states)[0]) + 1

    def _followed(
        self, states: NDArray[np.int64], tokens: NDArray[np.int32], left: NDArray[np.int32]
    ) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        behind = self._machine.begin(len(states))
        inside = tokens != BOUNDARY
        behind[inside] = self._machine.advance(states[inside], tokens[inside])
        return behind, self._machine.masks(behind, left - 1)
