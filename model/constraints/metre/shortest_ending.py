"""A short way to the end of a tune, one character at a time.

The bar is filled with as few notes as possible, then whatever is open is closed. A shorter way may exist:
what matters is that this one ends, so that its length is a valid upper bound.
"""

from __future__ import annotations

from tuneloom.model.constraints.metre.bars import is_all_closed, is_full
from tuneloom.model.constraints.metre.state import (
    END,
    HEADER_PHASES,
    BarState,
    MetreState,
    Successors,
)
from tuneloom.model.constraints.metre.transitions import Transitions

__all__ = ["ShortestEnding"]

_LETTERS = "ABCDEFGabcdefg"


class ShortestEnding:
    """Finds the next character on the way to the end, among those that the transitions allow."""

    def __init__(self, transitions: Transitions) -> None:
        self._lengths = transitions.lengths
        self._notes = transitions.notes

    def next(self, state: MetreState, successors: Successors) -> str | None:
        """The character to write, one of `successors`, or None if there is none."""
        if END in successors:
            return END
        if state.phase in HEADER_PHASES or state.phase == "field":
            return next(iter(successors), None)  # shortest value first
        if state.phase in ("note", "rest", "tie"):
            return self._after_note(state, successors)
        if state.phase == "tuplet":
            return self._first(successors, _LETTERS) or next(iter(successors), None)
        if state.phase == "chord" and not state.text:
            return "]"
        if state.phase == "between":
            return self._between(state.bar, successors)
        return self._first(successors, self._preferred(state))

    def _preferred(self, state: MetreState) -> str:
        """Characters in order of preference, where the content of the bar does not matter."""
        if state.phase == "line":
            return self._after_line_char(state)
        if state.phase == "opening":
            return ":"
        if is_all_closed(state.bar):
            return "\n" + _LETTERS
        return _LETTERS

    @staticmethod
    def _after_line_char(state: MetreState) -> str:
        if state.text == ":":
            return "|"
        if state.text == ":|" or (is_full(state.bar) and is_all_closed(state.bar)):
            return "2\n" + _LETTERS
        return _LETTERS + "|"

    def _after_note(self, state: MetreState, successors: Successors) -> str | None:
        """The rest of the length that leaves the fewest characters to write, then what follows it."""
        begun = state.text
        best = begun if state.phase == "tie" else self._best(state.bar, begun)
        if best != begun:
            return best[len(begun)]
        after = self._notes.after(state)
        return self._between(after, successors) if after else self._first(successors, _LETTERS)

    def _best(self, bar: BarState, begun: str) -> str:
        """The length that fills the bar with the fewest characters, or fills it up to the pickup."""
        if bar.repeats_pickup and bar.elapsed < bar.bar_length - bar.pickup:
            short = bar._replace(bar_length=bar.bar_length - bar.pickup)
            if any(spelling.startswith(begun) for spelling in self._lengths.of(short)):
                return self._lengths.best(short, begun)
        return self._lengths.best(bar, begun)

    def _between(self, bar: BarState, successors: Successors) -> str | None:
        end = ":" if bar.repeat == 1 or bar.ending == 1 else "\n"
        if end in successors:
            return end
        return "|" if is_full(bar) else self._first(successors, _LETTERS)

    @staticmethod
    def _first(successors: Successors, preferred: str) -> str | None:
        return next((char for char in preferred if char in successors), None)
