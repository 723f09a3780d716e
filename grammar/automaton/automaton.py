"""The automaton: judges resolved text character by character, and gives the table for masked sampling."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tuneloom.grammar.automaton.nfa import DEAD
from tuneloom.grammar.automaton.patterns import Alphabet

__all__ = ["Automaton", "FirstError"]

_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
# The grammar names no character outside ASCII, so one can represent them all.
_OTHER = "\x80"


@dataclass(frozen=True, slots=True)
class FirstError:
    """Where a text stops being the beginning of a tune, and the characters that were possible there.

    `expected` has those in ASCII; with `other`, any character outside ASCII was possible as well.
    If the text ends too early, `offset` is its length.
    """

    offset: int
    expected: str
    other: bool


@dataclass(frozen=True)
class Automaton:
    """The language of `abc.lark` as a minimal deterministic automaton; state 0 is the start.

    `transitions[state][class]` is the state after a character of a class of the alphabet, or -1 where
    none can follow; `distance[state]` counts the characters to the nearest accepting state.
    """

    alphabet: Alphabet
    transitions: tuple[tuple[int, ...], ...]
    accepting: tuple[bool, ...]
    distance: tuple[int, ...]

    def accepts(self, text: str) -> bool:
        """Whether a resolved text is a whole tune. Takes time in proportion to its length."""
        state = self._rows[0]
        try:
            for char in text if text.isascii() else _NOT_ASCII.sub(_OTHER, text):
                state = state[char]
        except KeyError:
            return False
        return _ACCEPTS in state

    def first_error(self, text: str) -> FirstError | None:
        """Where a resolved text stops being a tune; None if it is one."""
        state = self._rows[0]
        for offset, char in enumerate(text if text.isascii() else _NOT_ASCII.sub(_OTHER, text)):
            following = state.get(char)
            if following is None:
                return self._error(offset, state)
            state = following
        return None if _ACCEPTS in state else self._error(len(text), state)

    def _error(self, offset: int, state: dict[str, Any]) -> FirstError:
        expected = "".join(char for char in state if char < _OTHER and char != _ACCEPTS)
        return FirstError(offset, expected, _OTHER in state)

    @cached_property
    def _rows(self) -> list[dict[str, Any]]:
        """A dict for each state, from a character to the dict of the state that follows.

        Walking through nested dicts is the fastest way to run an automaton in Python.
        """
        rows: list[dict[str, Any]] = [{} for _ in self.accepting]
        columns = [(chr(c), self.alphabet.class_of(chr(c))) for c in range(129)]
        for row, targets, accepts in zip(rows, self.transitions, self.accepting, strict=True):
            row.update((char, rows[targets[k]]) for char, k in columns if targets[k] != DEAD)
            if accepts:
                row[_ACCEPTS] = row
        return rows


# No character is the empty text, so it can mark an accepting state.
_ACCEPTS = ""
