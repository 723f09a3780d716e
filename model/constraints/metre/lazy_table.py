"""An automaton as a table that grows: a state gets a number when it is seen, a row when it is reached."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from tuneloom.model.constraints.metre.state import END

__all__ = ["LazyTable"]

S = TypeVar("S", bound=Hashable)
_INITIAL_ROWS = 256
_NO_ROW = -1


class LazyTable(Generic[S]):
    """The states seen so far, by number; 0 is the start.

    Most states are seen as successors but never reached, so rows are made on demand.
    """

    def __init__(self, start: S, successors: Callable[[S], dict[str, S]], characters: str) -> None:
        self._successors = successors
        self._tokens = {END: 0, **{char: i for i, char in enumerate(characters, start=1)}}
        self._numbers: dict[S, int] = {start: 0}
        self.states = [start]
        self._rows = np.full(_INITIAL_ROWS, _NO_ROW, np.int32)  # (states,) the row of each
        self.filled = 0
        self.allowed = np.zeros((_INITIAL_ROWS, len(self._tokens)), np.bool_)  # (rows, vocabulary)
        # (rows, vocabulary) the number of the state after each token
        self.following = np.zeros_like(self.allowed, np.int32)

    def rows(self, numbers: NDArray[np.int64]) -> NDArray[np.int32]:
        """The rows of these states, both (batch,)."""
        rows = self._rows[numbers]
        if (rows == _NO_ROW).any():
            for number in np.unique(numbers[rows == _NO_ROW]).tolist():
                self._fill(number)
            rows = self._rows[numbers]
        return rows

    def number(self, state: S) -> int:
        """The number of a state; a new one for a new state."""
        known = self._numbers.get(state)
        if known is None:
            known = self._numbers[state] = len(self.states)
            self.states.append(state)
            if known == len(self._rows):
                self._rows = np.concatenate([self._rows, np.full_like(self._rows, _NO_ROW)])
        return known

    def _fill(self, number: int) -> None:
        successors = self._successors(self.states[number])
        columns = [self._tokens[char] for char in successors]
        targets = [self.number(state) for state in successors.values()]
        if self.filled == len(self.allowed):
            self.allowed = np.concatenate([self.allowed, np.zeros_like(self.allowed)])
            self.following = np.concatenate([self.following, np.zeros_like(self.following)])
        self.allowed[self.filled, columns] = True
        self.following[self.filled, columns] = targets
        self._rows[number] = self.filled
        self.filled += 1
