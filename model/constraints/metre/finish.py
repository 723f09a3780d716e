"""The shortest way that is known to the end of a tune: from each state, one character of it.

The bar is filled with as few notes as will do, then what is open is closed. It need not be the shortest
way of all: what counts is that it gets there, so that its length is a bound that holds.
"""

from __future__ import annotations

from tuneloom.model.constraints.metre.bars import ends_in_full, may_end
from tuneloom.model.constraints.metre.moves import Moves
from tuneloom.model.constraints.metre.state import END, At, Phase, State

__all__ = ["Finish"]

_LETTERS = "ABCDEFGabcdefg"


class Finish:
    """Leads to the end with the characters that `moves` knows."""

    def __init__(self, moves: Moves) -> None:
        self._lengths = moves.lengths
        self._music = moves.music

    def next(self, state: State, found: dict[str, State]) -> str | None:
        """The character to write, one of `found`, or None if there is no way on."""
        if END in found:
            return END
        if state.phase <= Phase.KEY or state.phase == Phase.FIELD:
            return next(iter(found), None)  # the shortest value comes first
        if state.phase in (Phase.NOTE, Phase.REST, Phase.TIE):
            return self._behind_note(state, found)
        if state.phase == Phase.TUPLET:
            return self._first(found, _LETTERS) or next(iter(found), None)
        if state.phase == Phase.CHORD and not state.text:
            return "]"
        if state.phase == Phase.BETWEEN:
            return self._between(state.at, found)
        return self._first(found, self._wanted(state))

    def _wanted(self, state: State) -> str:
        """Where it does not depend on what the bar has: characters, the best first."""
        if state.phase == Phase.LINE:
            return self._behind_line(state)
        if state.phase == Phase.OPENING:
            return ":"
        if may_end(state.at):
            return "\n" + _LETTERS
        return _LETTERS

    @staticmethod
    def _behind_line(state: State) -> str:
        if state.text == ":":
            return "|"
        if state.text == ":|" or (ends_in_full(state.at) and may_end(state.at)):
            return "2\n" + _LETTERS
        return _LETTERS + "|"

    def _behind_note(self, state: State, found: dict[str, State]) -> str | None:
        """The rest of the length after which the fewest characters are to come, then what follows it."""
        begun = state.text
        best = begun if state.phase == Phase.TIE else self._best(state.at, begun)
        if best != begun:
            return best[len(begun)]
        after = self._music.after(state)
        return self._between(after, found) if after else self._first(found, _LETTERS)

    def _best(self, at: At, begun: str) -> str:
        """The length with which the bar is filled soonest, or as much of it as leaves room for the pickup."""
        if at.upbeat and at.time < at.whole - at.pickup:
            short = at._replace(whole=at.whole - at.pickup)
            if any(spelling.startswith(begun) for spelling in self._lengths.of(short)):
                return self._lengths.best(short, begun)
        return self._lengths.best(at, begun)

    def _between(self, at: At, found: dict[str, State]) -> str | None:
        end = ":" if at.repeat == 1 or at.ending == 1 else "\n"
        if end in found:
            return end
        return "|" if ends_in_full(at) else self._first(found, _LETTERS)

    @staticmethod
    def _first(found: dict[str, State], wanted: str) -> str | None:
        return next((char for char in wanted if char in found), None)
