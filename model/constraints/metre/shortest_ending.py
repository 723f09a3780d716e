"""A short way to the end of a tune, one character at a time.

The bar is filled with as few notes as possible, then whatever is open is closed. A shorter way may exist:
what matters is that this one ends, so that its length is a valid upper bound.
"""

from __future__ import annotations

from tuneloom.model.constraints.metre.bars import is_all_closed, is_full
from tuneloom.model.constraints.metre.state import END, HEADER_PHASES, BarState, MetreState
from tuneloom.model.constraints.metre.transitions import Transitions

__all__ = ["ShortestEnding"]

_LETTERS = "ABCDEFGabcdefg"


class ShortestEnding:
    """Finds the next character on the way to the end, among those that the transitions allow."""

    def __init__(self, moves: Transitions) -> None:
        self._lengths = moves.lengths
        self._music = moves.music

    def next(self, state: MetreState, found: dict[str, MetreState]) -> str | None:
        """The character to write, one of `found`, or None if there is none."""
        if END in found:
            return END
        if state.phase in HEADER_PHASES or state.phase == "field":
            return next(iter(found), None)  # shortest value first
        if state.phase in ("note", "rest", "tie"):
            return self._after_note(state, found)
        if state.phase == "tuplet":
            return self._first(found, _LETTERS) or next(iter(found), None)
        if state.phase == "chord" and not state.text:
            return "]"
        if state.phase == "between":
            return self._between(state.bar, found)
        return self._first(found, self._wanted(state))

    def _wanted(self, state: MetreState) -> str:
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

    def _after_note(self, state: MetreState, found: dict[str, MetreState]) -> str | None:
        """The rest of the length that leaves the fewest characters to write, then what follows it."""
        begun = state.text
        best = begun if state.phase == "tie" else self._best(state.bar, begun)
        if best != begun:
            return best[len(begun)]
        after = self._music.after(state)
        return self._between(after, found) if after else self._first(found, _LETTERS)

    def _best(self, bar: BarState, begun: str) -> str:
        """The length that fills the bar with the fewest characters, or fills it up to the pickup."""
        if bar.repeats_pickup and bar.elapsed < bar.bar_length - bar.pickup:
            short = bar._replace(bar_length=bar.bar_length - bar.pickup)
            if any(spelling.startswith(begun) for spelling in self._lengths.of(short)):
                return self._lengths.best(short, begun)
        return self._lengths.best(bar, begun)

    def _between(self, bar: BarState, found: dict[str, MetreState]) -> str | None:
        end = ":" if bar.repeat == 1 or bar.ending == 1 else "\n"
        if end in found:
            return end
        return "|" if is_full(bar) else self._first(found, _LETTERS)

    @staticmethod
    def _first(found: dict[str, MetreState], wanted: str) -> str | None:
        return next((char for char in wanted if char in found), None)
