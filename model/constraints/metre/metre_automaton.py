"""The automaton of metrical training texts, run character by character on a batch of texts.

It is the product of three automata, which all have to allow a character: that of `abc.lark` makes the text
ABC, that of the bars (`transitions`) makes it metrical, and that of the ties (`ties`) connects equal notes.
Each has few states, and computes a state only when a text first reaches it.
"""

from __future__ import annotations

from functools import cache, partial

import numpy as np
from numpy.typing import NDArray

from tuneloom.grammar.errors import UsageError
from tuneloom.model.constraints.metre.lazy_table import LazyTable
from tuneloom.model.constraints.metre.shortest_ending import ShortestEnding
from tuneloom.model.constraints.metre.state import END, START, MetreState
from tuneloom.model.constraints.metre.ties import TieState, pending_chars, tie_transitions
from tuneloom.model.constraints.metre.transitions import Transitions
from tuneloom.model.constraints.syntax.automaton_table import automaton_table
from tuneloom.model.data.vocabulary import BOUNDARY, Vocabulary

__all__ = ["MetreAutomaton"]

States = NDArray[np.int64]
Mask = NDArray[np.bool_]
_BITS = 20  # of a state, for each of its three parts
_PART = (1 << _BITS) - 1
_AT_END = -1  # the boundary itself is not counted
_BESIDES_BARS = 96
"""With the notes of four bars, an upper bound of the way to the end; `distance` checks it."""


class MetreAutomaton:
    """Accepts metrical training texts of the profile `melody`, and has no dead ends.

    States are int64, one for each text of a batch. Token 0 ends a tune and leads to the start of the next.

    Raises:
        UsageError: the vocabulary cannot write a tune.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        characters = vocabulary.characters
        self._transitions = Transitions(characters)
        self._ending = ShortestEnding(self._transitions)
        self._bars: LazyTable[MetreState] = LazyTable(START, self._transitions.of, characters)
        self._ties: LazyTable[TieState] = LazyTable(
            TieState("line"), partial(tie_transitions, characters=characters), characters
        )
        self._syntax, begin = _syntax_table(characters)  # (states, vocabulary) successors, or -1
        self._distances: dict[int, int] = {}
        self._distances_after = cache(self._find_distances)
        self._pending_after = cache(self._find_pending)
        self._furthest = _BESIDES_BARS + 4 * self._transitions.field_values.max_fill()
        self.start = begin
        if not _can_write_a_tune(self):
            raise UsageError(
                "--constraint metre: the characters of this run cannot write a whole tune"
            )

    @property
    def reached(self) -> int:
        """How many states of bars and ties have been reached so far."""
        return self._bars.filled + self._ties.filled

    def begin(self, batch_size: int) -> States:
        """The states (batch,) before the first character."""
        return np.full(batch_size, self.start, np.int64)

    def masks(
        self, states: States, remaining: NDArray[np.integer] | None = None
    ) -> NDArray[np.bool_]:
        """The tokens that may come next, bool (batch, vocabulary).

        With `remaining` (batch,), only those after which the tune can still end within so many characters,
        counting this one but not the boundary. It must start at `distance` or more.
        """
        bars, ties, syntax = self._parts(states)
        by_bars, by_ties, by_syntax = self._masks_of(bars, ties, syntax)
        allowed = by_bars & by_ties & by_syntax
        if remaining is not None:
            for index in np.flatnonzero(remaining <= self._furthest).tolist():
                distances = self._distances_after(int(bars[index]))
                pending = self._pending_after(int(ties[index]))
                allowed[index] &= distances + pending < remaining[index]
        return allowed

    def masks_by_part(self, states: States) -> tuple[Mask, Mask, Mask]:
        """What the automata of bars, ties and syntax allow, bool (batch, vocabulary) each."""
        return self._masks_of(*self._parts(states))

    def advance(self, states: States, tokens: NDArray[np.integer]) -> States:
        """The states after these tokens, both (batch,).

        Raises:
            ValueError: a token is not allowed.
        """
        bars, ties, syntax = self._parts(states)
        following = self._syntax[syntax, tokens]
        allowed = self._bars.allowed[bars, tokens] & self._ties.allowed[ties, tokens]
        if not (allowed & (following >= 0)).all():
            raise ValueError("the automaton does not allow this token")
        after: States = _pack(
            self._bars.following[bars, tokens], self._ties.following[ties, tokens], following
        )
        return after

    def distance(self, states: States) -> NDArray[np.int64]:
        """An upper bound (batch,) of the characters needed to end the tune.

        From a state at distance k, some allowed character leads to distance k - 1 or less.
        """
        bars, ties, _ = _unpack(states)
        far = [
            self._to_end(bar) + pending_chars(self._ties.states[tie])
            for bar, tie in zip(bars.tolist(), ties.tolist(), strict=True)
        ]
        return np.array(far, np.int64)

    def refused_at(self, text: str) -> int | None:
        """The offset of the first character that is refused, or of the end; None if the text is accepted."""
        states = self.begin(1)
        unknown = set(self.vocabulary.unknown(text))
        for offset, char in enumerate((*text, END)):
            if char in unknown:
                return offset
            token = self.vocabulary.encode(char) if char else np.array([BOUNDARY], np.int32)
            if not self.masks(states)[0, token[0]]:
                return offset
            states = self.advance(states, token)
        return None

    def accepts(self, text: str) -> bool:
        return self.refused_at(text) is None

    def _masks_of(
        self, bars: NDArray[np.int32], ties: NDArray[np.int32], syntax: States
    ) -> tuple[Mask, Mask, Mask]:
        return self._bars.allowed[bars], self._ties.allowed[ties], self._syntax[syntax] >= 0

    def _parts(self, states: States) -> tuple[NDArray[np.int32], NDArray[np.int32], States]:
        """The rows of the states of bars and ties, and the states of the syntax, (batch,) each."""
        bars, ties, syntax = _unpack(states)
        return self._bars.rows(bars), self._ties.rows(ties), syntax

    def _find_distances(self, row: int) -> NDArray[np.int32]:
        """The distance (vocabulary,) after each token that the bars allow, without ties."""
        far = np.full(self.vocabulary.size, _AT_END, np.int32)
        for token in np.flatnonzero(self._bars.allowed[row]).tolist():
            if token != BOUNDARY:
                far[token] = self._to_end(int(self._bars.following[row, token]))
        return far

    def _find_pending(self, row: int) -> NDArray[np.int32]:
        """The characters (vocabulary,) that a tie needs as well, after each token."""
        after = self._ties.following[row].tolist()
        return np.array([pending_chars(self._ties.states[number]) for number in after], np.int32)

    def _to_end(self, bar: int) -> int:
        far = self._distances.get(bar)
        return self._walk_to_end(bar) if far is None else far

    def _walk_to_end(self, bar: int) -> int:
        """Walk to a state of known distance, and store the distances of the states on the way."""
        way: list[int] = []
        while bar not in self._distances:
            state = self._bars.states[bar]
            successors = self._transitions.of(state)
            char = self._ending.next(state, successors)
            if char is None or len(way) > self._furthest:
                raise _NoEnding(f"no way to the end of the tune from {state}")
            if char == END:
                self._distances[bar] = 0
                break
            way.append(bar)
            bar = self._bars.number(successors[char])
        for number, state_number in enumerate(reversed(way), start=1):
            self._distances[state_number] = self._distances[bar] + number
        far = self._distances[way[0] if way else bar]
        if far > self._furthest:
            raise _NoEnding(f"{far} characters to the end of the tune")
        return far


class _NoEnding(ValueError):
    """A state has no way to the end, or a very long one; raised before anything is written."""


def _can_write_a_tune(machine: MetreAutomaton) -> bool:
    if not set("|\n") <= set(machine.vocabulary.characters):
        return False
    try:
        machine.distance(machine.begin(1))
    except _NoEnding:
        return False
    return True


def _syntax_table(characters: str) -> tuple[NDArray[np.int32], int]:
    """The successors (states, vocabulary) in the automaton of the grammar, and its start."""
    table = automaton_table(characters)
    ends = np.where(table.accepting, table.start, -1).astype(np.int32)
    return np.concatenate([ends[:, None], table.following], axis=1), table.start


def _pack(
    bars: NDArray[np.integer], ties: NDArray[np.integer], syntax: NDArray[np.integer]
) -> States:
    packed: States = (
        (bars.astype(np.int64) << 2 * _BITS) | (ties.astype(np.int64) << _BITS) | syntax
    )
    return packed


def _unpack(states: States) -> tuple[States, States, States]:
    return states >> 2 * _BITS, (states >> _BITS) & _PART, states & _PART
