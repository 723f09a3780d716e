"""The constraint that every draw is a parseable tune: the grammar's automaton, over tokens.

A draw is judged with `X:1` and an empty `T:` before it, and so is the walk through the automaton. What
the resolver does to a draw, strip the blanks at the end of a line and supply the last line feed, is
done here too; what else it could do, `model.standing` forbids.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from tuneloom.model.constraints.automaton_table import automaton_table
from tuneloom.model.constraints.constraint import DEAD, Table
from tuneloom.model.constraints.source_scanner import Place, Spot, follow

__all__ = ["syntax_table"]


class _State(NamedTuple):
    """Where a draw stands: its place, the automaton's state, and that before the blanks at the end."""

    place: Place
    automaton: int
    bare: int
    is_over: bool = False  # behind an empty line at the end, where only more of them can follow


def syntax_table(vocabulary: str) -> Table:
    """The table for the characters of a vocabulary; character number i is token i + 1."""
    walk = _Walk(vocabulary)
    states = [walk.begin()]
    numbers = {states[0]: 0}
    rows: list[list[int]] = []
    for state in states:
        row = [DEAD] * (len(vocabulary) + 1)
        for token, target in walk.moves(state):
            if target not in numbers:
                numbers[target] = len(states)
                states.append(target)
            row[token] = numbers[target]
        rows.append(row)
    accepting = np.array([walk.may_end(state) for state in states])
    return Table.of(np.array(rows, np.int32), accepting)


class _Walk:
    """Goes from state to state, each found when it is reached."""

    def __init__(self, vocabulary: str) -> None:
        self._vocabulary = vocabulary
        table = automaton_table(vocabulary + "\n")
        self._next = table.following.tolist()  # [state][token - 1], the last is \n
        self._accepting = table.accepting.tolist()
        self._start = table.start

    def begin(self) -> _State:
        return _State(Place(), self._start, self._start)

    def moves(self, state: _State) -> Iterator[tuple[int, _State]]:
        """The tokens that can follow, each with the state behind it."""
        for token, char in enumerate(self._vocabulary, start=1):
            target = self._behind(state, token, char)
            if target is not None:
                yield token, target

    def may_end(self, state: _State) -> bool:
        """Whether a draw may end here: it has a note, and a line feed, if it lacks one, ends a tune."""
        if state.is_over or not state.place.has_note:
            return state.is_over
        if state.place.spot is Spot.START:
            return bool(self._accepting[state.automaton])
        line_end = self._next[state.bare][-1]
        return (
            follow(state.place, "\n") is not None
            and line_end != DEAD
            and bool(self._accepting[line_end])
        )

    def _behind(self, state: _State, token: int, char: str) -> _State | None:
        if char == "\n" and state.place.spot is Spot.START and self.may_end(state):
            return state._replace(is_over=True)
        place = None if state.is_over else follow(state.place, char)
        if place is None:
            return None
        if char == "\n":
            automaton = bare = self._next[state.bare][-1]
        else:
            automaton = DEAD if state.automaton == DEAD else self._next[state.automaton][token - 1]
            bare = state.bare if char.isspace() else automaton
        # Blanks that the grammar does not take may still stand at the end of a line.
        if automaton == DEAD and (bare == DEAD or self._next[bare][-1] == DEAD):
            return None
        return _State(place, automaton, bare)
