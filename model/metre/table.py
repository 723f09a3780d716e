"""A machine whose states are found as they are reached: each becomes a number, and its moves a row."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from model.metre.state import END

__all__ = ["Table"]

S = TypeVar("S", bound=Hashable)
_ROOM = 256


class Table(Generic[S]):
    """The states seen so far; number 0 is the start.

    `allowed`: (room, vocabulary) bool; `following`: (room, vocabulary) int32, the number of the state
    behind each token. A row holds nothing before it is asked for.
    """

    def __init__(self, start: S, moves: Callable[[S], dict[str, S]], characters: str) -> None:
        self._moves = moves
        self._tokens = {END: 0, **{char: i for i, char in enumerate(characters, start=1)}}
        self._numbers: dict[S, int] = {start: 0}
        self.states = [start]
        width = len(self._tokens)
        self.allowed = np.zeros((_ROOM, width), np.bool_)
        self.following = np.zeros((_ROOM, width), np.int32)
        self._known = np.zeros(_ROOM, np.bool_)

    def look_up(self, numbers: NDArray[np.int64]) -> None:
        """Make sure that the rows of these states, (lanes,), are there."""
        if not (known := self._known[numbers]).all():
            for number in np.unique(numbers[~known]).tolist():
                self._fill(number)

    def number(self, state: S) -> int:
        """The number of a state, a new one if it was never seen."""
        known = self._numbers.get(state)
        if known is None:
            known = self._numbers[state] = len(self.states)
            self.states.append(state)
            if known == len(self._known):
                self._grow()
        return known

    def _fill(self, number: int) -> None:
        moves = self._moves(self.states[number])
        columns = [self._tokens[char] for char in moves]
        targets = [self.number(state) for state in moves.values()]
        self.allowed[number, columns] = True
        self.following[number, columns] = targets
        self._known[number] = True

    def _grow(self) -> None:
        self.allowed = np.concatenate([self.allowed, np.zeros_like(self.allowed)])
        self.following = np.concatenate([self.following, np.zeros_like(self.following)])
        self._known = np.concatenate([self._known, np.zeros_like(self._known)])
