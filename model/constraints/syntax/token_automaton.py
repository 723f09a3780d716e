"""A finite automaton over tokens as a constraint."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tuneloom.model.data.vocabulary import BOUNDARY
from tuneloom.model.runtime.backend import Tensor, tf

__all__ = ["DEAD", "TokenAutomaton"]

DEAD = -1
_NEVER = np.iinfo(np.int32).max // 2
"""More tokens than any tune has."""


@dataclass(frozen=True, slots=True)
class TokenAutomaton:
    """A `Constraint` given by tables, made by `of`.

    `following`: (states, vocabulary) int32, the next state or DEAD; a boundary leads to state 0, where a
    tune begins. `needed`: (states, vocabulary) int32, the tokens of the shortest tune from this state that
    goes on with this token, from that token to the boundary.
    """

    following: NDArray[np.int32]
    needed: NDArray[np.int32]

    @classmethod
    def of(cls, following: NDArray[np.int32], accepting: NDArray[np.bool_]) -> TokenAutomaton:
        """From transitions (states, vocabulary) and where a tune may end (states,).

        The column of the boundary is not read.
        """
        following = following.copy()
        following[:, BOUNDARY] = 0
        left = np.where(accepting, 1, _NEVER)  # (states,) tokens to the end, boundary included
        while True:
            needed = np.where(following == DEAD, _NEVER, 1 + left[following])
            needed[:, BOUNDARY] = np.where(accepting, 1, _NEVER)
            shorter = np.minimum(left, needed.min(axis=1))
            if (shorter == left).all():
                return cls(following, np.minimum(needed, _NEVER).astype(np.int32))
            left = shorter

    def step(self, states: Tensor, tokens: Tensor, remaining: Tensor) -> tuple[Tensor, Tensor]:
        flat = tf.constant(self.following.ravel())  # (states * vocabulary,)
        indices = states * self.following.shape[1] + tf.cast(tokens, tf.int64)
        states = tf.cast(tf.gather(flat, indices), tf.int64)
        return states, tf.gather(tf.constant(self.needed), states) <= remaining[:, None]

    def min_length(self, tokens: Iterable[int]) -> int | None:
        state = written = 0
        for token in tokens:
            state = int(self.following[state, token])
            if state == DEAD:
                return None
            written += 1
        needed = written + int(self.needed[state].min())
        return needed if needed < _NEVER else None
