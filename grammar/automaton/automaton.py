"""The automaton: judges resolved text character by character, and gives the table for masked sampling."""

from __future__ import annotations

import re
from functools import cached_property
from operator import itemgetter
from typing import Any

from msgspec import Struct

from tuneloom.grammar.automaton.patterns import Alphabet

__all__ = ["Automaton", "FirstError"]

_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


class FirstError(Struct, frozen=True):
    """Where a text stops being the beginning of a tune, and the characters that were possible there.

    `expected` has those in ASCII; with `other`, any character outside ASCII was possible as well.
    If the text ends too early, `offset` is its length.
    """

    offset: int
    expected: str
    other: bool


class Automaton(Struct, frozen=True, dict=True, array_like=True):
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
        row = self._rows[0]
        try:
            for code in _code_bytes(text):
                row = row[code]
            return row[_ACCEPTS] is not None
        except TypeError:  # there is no row after a character that is not possible
            return False

    def first_error(self, text: str) -> FirstError | None:
        """Where a resolved text stops being a tune; None if it is one."""
        row = self._rows[0]
        for offset, code in enumerate(_code_bytes(text)):
            following = row[code]
            if following is None:
                return self._error(offset, row)
            row = following
        return None if row[_ACCEPTS] is not None else self._error(len(text), row)

    def _error(self, offset: int, row: list[Any]) -> FirstError:
        expected = "".join(chr(code) for code in range(_OTHER) if row[code] is not None)
        return FirstError(offset, expected, row[_OTHER] is not None)

    @cached_property
    def _rows(self) -> list[list[Any]]:
        """A list for each state, from the code of a character to the list of the state that follows, or None.

        Walking through nested lists by the bytes of a text is the fastest way to run an automaton in Python.
        """
        rows: list[list[Any]] = [[] for _ in self.accepting]
        by_code = itemgetter(*(self.alphabet.class_of(chr(code)) for code in range(_OTHER + 1)))
        row_of = [*rows, None].__getitem__  # the last one's number is that of the dead state, too
        for row, targets, accepts in zip(rows, self.transitions, self.accepting, strict=True):
            row += by_code(list(map(row_of, targets)))
            row.append(row if accepts else None)
        return rows


def _code_bytes(text: str) -> bytes:
    """A byte for each character: its code, or for any outside ASCII the same one."""
    return (text if text.isascii() else _NOT_ASCII.sub(chr(_OTHER), text)).encode("latin-1")


# The grammar names no character outside ASCII, so one can represent them all.
_OTHER = 0x80
# The place in a row for whether its state accepts.
_ACCEPTS = _OTHER + 1
