"""`--constraint syntax`: the automaton of the grammar as a constraint of the sampler.

Like the score, it puts `X:1` and an empty `T:` before a drawn tune. It also does what the resolver does to
such a text, which is to strip trailing blanks and supply the last line feed; whatever else the resolver could
do is refused by `source_scanner`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from tuneloom.model.constraints.syntax.automaton_table import automaton_table
from tuneloom.model.constraints.syntax.source_scanner import ScannerState, advance
from tuneloom.model.constraints.syntax.token_automaton import DEAD, TokenAutomaton
from tuneloom.model.data.vocabulary import Vocabulary

__all__ = ["syntax_constraint"]


class _SyntaxState(NamedTuple):
    """The state of the scanner and of the automaton, the latter also before trailing blanks (`bare`)."""

    scanner: ScannerState
    automaton: int
    bare: int
    is_over: bool = False  # after an empty line at the end, which only more of them can follow


def syntax_constraint(vocabulary: Vocabulary) -> TokenAutomaton:
    """Allows only parseable tunes."""
    walk = _SyntaxWalk(vocabulary.characters)
    states = [walk.begin()]
    numbers = {states[0]: 0}
    rows: list[list[int]] = []
    for state in states:
        row = [DEAD] * vocabulary.size
        for token, target in walk.successors(state):
            if target not in numbers:
                numbers[target] = len(states)
                states.append(target)
            row[token] = numbers[target]
        rows.append(row)
    accepting = np.array([walk.may_end(state) for state in states])
    return TokenAutomaton.of(np.array(rows, np.int32), accepting)


class _SyntaxWalk:
    """The product of scanner and automaton, whose states are found as they are reached."""

    def __init__(self, characters: str) -> None:
        self._characters = characters
        table = automaton_table(characters + "\n")
        self._next = table.following.tolist()  # [state][token - 1]; the last is the line feed
        self._accepting = table.accepting.tolist()
        self._start = table.start

    def begin(self) -> _SyntaxState:
        return _SyntaxState(ScannerState(), self._start, self._start)

    def successors(self, state: _SyntaxState) -> Iterator[tuple[int, _SyntaxState]]:
        """The tokens that may follow, each with the state after it."""
        for token, char in enumerate(self._characters, start=1):
            target = self._after(state, token, char)
            if target is not None:
                yield token, target

    def may_end(self, state: _SyntaxState) -> bool:
        """Whether a tune may end here: it has a note, and is complete once the line is ended."""
        if state.is_over or not state.scanner.has_note:
            return state.is_over
        if state.scanner.mode == "start":
            return bool(self._accepting[state.automaton])
        line_end = self._next[state.bare][-1]
        return (
            advance(state.scanner, "\n") is not None
            and line_end != DEAD
            and bool(self._accepting[line_end])
        )

    def _after(self, state: _SyntaxState, token: int, char: str) -> _SyntaxState | None:
        if char == "\n" and state.scanner.mode == "start" and self.may_end(state):
            return state._replace(is_over=True)
        scanner = None if state.is_over else advance(state.scanner, char)
        if scanner is None:
            return None
        if char == "\n":
            automaton = bare = self._next[state.bare][-1]
        else:
            automaton = DEAD if state.automaton == DEAD else self._next[state.automaton][token - 1]
            bare = state.bare if char.isspace() else automaton
        # Trailing blanks are stripped, so the grammar need not accept them.
        if automaton == DEAD and (bare == DEAD or self._next[bare][-1] == DEAD):
            return None
        return _SyntaxState(scanner, automaton, bare)
