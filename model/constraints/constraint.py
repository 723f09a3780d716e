"""What a draw may write next, decided inside the graph: the interface, and a constraint as a table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from tuneloom.model.data.vocabulary import BOUNDARY
from tuneloom.model.runtime.backend import Tensor, tf

__all__ = ["DEAD", "Constraint", "Table"]

DEAD = -1
_NEVER = np.iinfo(np.int32).max // 2
"""More tokens than any tune has."""


class Constraint(Protocol):
    """A language that draws keep to, with a number, int64, for what matters of the text so far.

    Behind a boundary a tune begins, whatever the state before it. Wherever an allowed token leads
    there is an allowed one again, until the boundary ends the tune within the tokens that are left.
    """

    def follow(self, states: Tensor, tokens: Tensor, left: Tensor) -> tuple[Tensor, Tensor]:
        """The states (lanes,) behind these tokens (lanes,), and what may follow there.

        That is a mask (lanes, vocabulary), bool. `left`, (lanes,), are the tokens that a tune may
        still have, its boundary among them. Nothing of this waits for the network, and so it is worked
        out beside it.
        """

    def needs(self, tokens: Iterable[int]) -> int | None:
        """The fewest tokens of a tune that begins so, its boundary among them; None if none does."""


@dataclass(frozen=True, slots=True)
class Table:
    """A finite automaton over tokens as a constraint. Made by `of`.

    `following`: (states, vocabulary) int32, DEAD where nothing follows; state 0, where a tune begins,
    behind every boundary. `needed`, the same shape: the tokens from here to the end of the shortest
    tune that goes on with this one, both counted.
    """

    following: NDArray[np.int32]
    needed: NDArray[np.int32]

    @classmethod
    def of(cls, following: NDArray[np.int32], accepting: NDArray[np.bool_]) -> Table:
        """From transitions, whose column for the boundary is not read, and where a tune may end."""
        following = following.copy()
        following[:, BOUNDARY] = 0
        left = np.where(accepting, 1, _NEVER)  # (states,) tokens to the end, the boundary the last
        while True:
            needed = np.where(following == DEAD, _NEVER, 1 + left[following])
            needed[:, BOUNDARY] = np.where(accepting, 1, _NEVER)
            shorter = np.minimum(left, needed.min(axis=1))
            if (shorter == left).all():
                return cls(following, np.minimum(needed, _NEVER).astype(np.int32))
            left = shorter

    def follow(self, states: Tensor, tokens: Tensor, left: Tensor) -> tuple[Tensor, Tensor]:
        flat = tf.constant(self.following.ravel())  # (states * vocabulary,)
        places = states * self.following.shape[1] + tf.cast(tokens, tf.int64)
        states = tf.cast(tf.gather(flat, places), tf.int64)
        return states, tf.gather(tf.constant(self.needed), states) <= left[:, None]

    def needs(self, tokens: Iterable[int]) -> int | None:
        state = written = 0
        for token in tokens:
            state = int(self.following[state, token])
            if state == DEAD:
                return None
            written += 1
        needed = written + int(self.needed[state].min())
        return needed if needed < _NEVER else None
