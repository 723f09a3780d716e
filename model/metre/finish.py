"""The shortest way that is known to the end of a tune: from each state, one character of it.

The bar is filled with as few notes as will do, then what is open is closed. It need not be the shortest
way of all: what counts is that it gets there, so that its length is a bound that holds.
"""

from __future__ import annotations

from model.metre.bars import may_end
from model.metre.moves import Moves
from model.metre.state import END, PLAIN, UNTIMED, At, Phase, State

__all__ = ["Finish"]

_LETTERS = "ABCDEFGabcdefg"


class Finish:
    """Leads to the end with the characters that `moves` knows."""

    def __init__(self, moves: Moves) -> None:
        self._lengths = moves.lengths

    def next(self, state: State, found: dict[str, State]) -> str | None:
        """The character to write, one of `found`, or None if there is no way on."""
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

    def _wanted(self, state: State) -> str | tuple[str, ...]:
        """Where it does not depend on what the bar has: characters, the best first."""
        if state.phase == Phase.LINE:
            return "|2\n" + _LETTERS
        if state.phase == Phase.OPENING:
            return ":"
        if may_end(state.at):
            return (END, "\n", *_LETTERS)
        return _LETTERS

    def _behind_note(self, state: State, found: dict[str, State]) -> str | None:
        """The rest of the length after which the fewest characters are to come, then what follows it."""
        begun = state.text
        best = begun if state.phase == Phase.TIE else self._lengths.best(state.at, begun)
        return best[len(begun)] if best != begun else self._after(found)

    def _after(self, found: dict[str, State]) -> str | None:
        after = found.get("|")
        if after is not None:
            return self._between(after.at, found)
        return self._first(found, _LETTERS)

    def _between(self, at: At, found: dict[str, State]) -> str | None:
        full = at.begun and (at.whole == UNTIMED or at.time == at.whole)
        if not full or at.tuplet or at.factor != PLAIN:
            return self._first(found, _LETTERS)
        if at.tied or not at.sung:
            return "|"
        if at.ending == 1 or at.repeat == 1:
            return ":"
        return "\n"

    @staticmethod
    def _first(found: dict[str, State], wanted: str | tuple[str, ...]) -> str | None:
        return next((char for char in wanted if char in found), None)
