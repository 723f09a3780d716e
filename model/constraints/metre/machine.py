"""The acceptor of metrical training texts, character by character and many texts at a time.

Three machines run side by side, and a character is allowed if all three allow it: the automaton of
`abc.lark`, so that the text is ABC; the bars (`moves.py`), so that it is metrical; the ties (`ties.py`).
Apart they have few states, and no state of theirs is worked out before some text reaches it.
"""

from __future__ import annotations

from functools import cache, partial

import numpy as np
from numpy.typing import NDArray

from tuneloom.grammar.errors import UsageError
from tuneloom.model.constraints.automaton_table import automaton_table
from tuneloom.model.constraints.metre.finish import Finish
from tuneloom.model.constraints.metre.moves import Moves
from tuneloom.model.constraints.metre.state import END, START, State
from tuneloom.model.constraints.metre.table import Table
from tuneloom.model.constraints.metre.ties import Stage, Tie, owed, steps
from tuneloom.model.data.vocabulary import BOUNDARY, Vocabulary

__all__ = ["Machine"]

States = NDArray[np.int64]
_BITS = 20  # of a state, for the number of each of its three parts
_PART = (1 << _BITS) - 1
_AT_END = -1  # behind the boundary: not even that one character is needed
_BESIDES_BARS = 96
"""More characters than the end can be away, but for the notes of four bars; `distance` makes sure of it."""


class Machine:
    """Accepts training texts of the profile `melody` that are metrical, and offers no dead end.

    A state is one integer for each lane. Token 0 ends a tune, and leads to the start of the next.
    Raises UsageError if the vocabulary cannot write a single tune.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        characters = vocabulary.characters
        self._moves = Moves(characters)
        self._finish = Finish(self._moves)
        self._bars: Table[State] = Table(START, self._moves.of, characters)
        self._ties: Table[Tie] = Table(
            Tie(Stage.LINE), partial(steps, characters=characters), characters
        )
        self._syntax, begin = _syntax(characters)  # (states, vocabulary) what follows, or -1
        self._distances: dict[int, int] = {}
        self._far_behind = cache(self._find_far)
        self._owed_behind = cache(self._find_owed)
        self._furthest = _BESIDES_BARS + 4 * self._moves.words.longest_fill()
        self.start = begin
        if not _writes_a_tune(self):
            raise UsageError(
                "--constraint metre: the characters of this run cannot write a whole tune"
            )

    @property
    def reached(self) -> int:
        """How many states of the bars and of the ties texts have reached so far."""
        return self._bars.filled + self._ties.filled

    def begin(self, lanes: int) -> States:
        """The state before the first character, for so many lanes."""
        return np.full(lanes, self.start, np.int64)

    def masks(
        self, states: States, remaining: NDArray[np.integer] | None = None
    ) -> NDArray[np.bool_]:
        """(lanes, vocabulary) The tokens that may come next.

        With `remaining`, (lanes,), those after which the tune can still end within so many characters,
        this one included and the boundary not; it must be no less than `distance` at the beginning.
        """
        bars, ties, syntax = self._parts(states)
        allowed: NDArray[np.bool_] = self._bars.allowed[bars] & self._ties.allowed[ties]
        allowed &= self._syntax[syntax] >= 0
        if remaining is not None:
            for lane in np.flatnonzero(remaining <= self._furthest).tolist():
                far = self._far_behind(int(bars[lane])) + self._owed_behind(int(ties[lane]))
                allowed[lane] &= far < remaining[lane]
        return allowed

    def advance(self, states: States, tokens: NDArray[np.integer]) -> States:
        """The states behind these tokens, (lanes,); each must be allowed."""
        bars, ties, syntax = self._parts(states)
        following = self._syntax[syntax, tokens]
        allowed = self._bars.allowed[bars, tokens] & self._ties.allowed[ties, tokens]
        if not (allowed & (following >= 0)).all():
            raise ValueError("a token that the machine does not allow")
        behind: States = _packed(
            self._bars.following[bars, tokens], self._ties.following[ties, tokens], following
        )
        return behind

    def distance(self, states: States) -> NDArray[np.int64]:
        """(lanes,) At most so many characters are needed to end the tune.

        From a state at distance k some allowed character leads to distance k - 1 or less.
        """
        bars, ties, _ = _unpacked(states)
        far = [
            self._to_end(bar) + owed(self._ties.states[tie])
            for bar, tie in zip(bars.tolist(), ties.tolist(), strict=True)
        ]
        return np.array(far, np.int64)

    def refused_at(self, text: str) -> int | None:
        """The offset of the first character that is refused, or that of the end; None if none is."""
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

    def _parts(self, states: States) -> tuple[NDArray[np.int32], NDArray[np.int32], States]:
        """(lanes,) each: the rows of the bars' and the ties' states, and the automaton's states."""
        bars, ties, syntax = _unpacked(states)
        return self._bars.rows(bars), self._ties.rows(ties), syntax

    def _find_far(self, row: int) -> NDArray[np.int32]:
        """(vocabulary,) How far the end is behind each token that the bars allow, ties apart."""
        far = np.full(self.vocabulary.size, _AT_END, np.int32)
        for token in np.flatnonzero(self._bars.allowed[row]).tolist():
            if token != BOUNDARY:
                far[token] = self._to_end(int(self._bars.following[row, token]))
        return far

    def _find_owed(self, row: int) -> NDArray[np.int32]:
        """(vocabulary,) What the tie asks for besides, behind each token."""
        behind = self._ties.following[row].tolist()
        return np.array([owed(self._ties.states[number]) for number in behind], np.int32)

    def _to_end(self, bar: int) -> int:
        far = self._distances.get(bar)
        return self._walk_to_end(bar) if far is None else far

    def _walk_to_end(self, bar: int) -> int:
        """Follow the way to the end up to a state whose distance is known, and note it for the others."""
        way: list[int] = []
        while bar not in self._distances:
            state = self._bars.states[bar]
            found = self._moves.of(state)
            char = self._finish.next(state, found)
            if char is None or len(way) > self._furthest:
                raise _NoWay(f"no way to the end of the tune from {state}")
            if char == END:
                self._distances[bar] = 0
                break
            way.append(bar)
            bar = self._bars.number(found[char])
        for number, state_number in enumerate(reversed(way), start=1):
            self._distances[state_number] = self._distances[bar] + number
        far = self._distances[way[0] if way else bar]
        if far > self._furthest:
            raise _NoWay(f"{far} characters to the end of the tune")
        return far


class _NoWay(ValueError):
    """A state has no way to the end, or one that is too long: only before anything is written."""


def _writes_a_tune(machine: Machine) -> bool:
    if not set("|\n") <= set(machine.vocabulary.characters):
        return False
    try:
        machine.distance(machine.begin(1))
    except _NoWay:
        return False
    return True


def _syntax(characters: str) -> tuple[NDArray[np.int32], int]:
    """The automaton's states behind each token, (states, vocabulary), and its state before a draw."""
    table = automaton_table(characters)
    ends = np.where(table.accepting, table.start, -1).astype(np.int32)
    return np.concatenate([ends[:, None], table.following], axis=1), table.start


def _packed(
    bars: NDArray[np.integer], ties: NDArray[np.integer], syntax: NDArray[np.integer]
) -> States:
    packed: States = (
        (bars.astype(np.int64) << 2 * _BITS) | (ties.astype(np.int64) << _BITS) | syntax
    )
    return packed


def _unpacked(states: States) -> tuple[States, States, States]:
    return states >> 2 * _BITS, (states >> _BITS) & _PART, states & _PART
