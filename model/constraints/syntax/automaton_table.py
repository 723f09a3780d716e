"""The grammar's automaton as arrays over the characters of a vocabulary."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tuneloom.grammar.automaton.load import load_automaton
from tuneloom.model.score.tunes.tune_set import DRAW_HEADER

__all__ = ["AutomatonTable", "automaton_table"]


@dataclass(frozen=True, slots=True)
class AutomatonTable:
    """`following`: (states, characters) int32, -1 where a character cannot follow.

    `accepting`: (states,) bool; `start`: the state in which the text of a model begins, after the
    header that it is given.
    """

    following: NDArray[np.int32]
    accepting: NDArray[np.bool_]
    start: int


def automaton_table(characters: str) -> AutomatonTable:
    """The automaton of `abc.lark` with a column for each of these characters, in their order."""
    automaton = load_automaton()
    classes = [automaton.alphabet.class_of(char) for char in characters]
    start = 0
    for char in DRAW_HEADER:
        start = automaton.transitions[start][automaton.alphabet.class_of(char)]
    following = np.array(automaton.transitions, np.int32)[:, classes]
    return AutomatonTable(following, np.array(automaton.accepting), start)
