"""Notes, rests, chords, tuplets and broken rhythm: what they may be where they stand."""

from __future__ import annotations

from itertools import product

from tuneloom.grammar.tune.durations import broken_factors
from tuneloom.model.constraints.metre.lengths import Lengths, tuplet_time
from tuneloom.model.constraints.metre.state import PLAIN, UNTIMED, At, Phase, State, Tuplet

__all__ = ["Music"]

Found = dict[str, State]
_LETTERS = "ABCDEFGabcdefg"
_ACCIDENTALS = "^=_"
_MARKS = "',"
_ARROWS = "<>"
_MOST_ARROWS = 3


class Music:
    """What can be written with the characters of a vocabulary."""

    def __init__(self, characters: str, lengths: Lengths) -> None:
        self._lengths = lengths
        self._tuplets = {s: t for s, t in _all_tuplets().items() if set(s) <= set(characters)}
        self._has_chords = "]" in characters
        self._tuplets_at: dict[At, dict[str, Tuplet]] = {}

    def notes(self, at: At, fields: str) -> Found:
        """The first characters of a note, rest or chord; a bracket may hold fields of these letters too."""
        if not self._lengths.of(at):
            return {}
        found = self._letters(at)
        found.update((sign, State(Phase.ACCIDENTAL, "", at)) for sign in _ACCIDENTALS)
        if not at.tied:
            found["z"] = State(Phase.REST, "", _began(at))
        if self._has_chords:
            found["["] = State(Phase.BRACKET, fields, at)
        return found

    def tuplets(self, at: At) -> Found:
        return {"(": State(Phase.TUPLET, "(", at)} if self.tuplets_at(at) else {}

    def tuplets_at(self, at: At) -> dict[str, Tuplet]:
        """The tuplets that can be completed here, and the bar behind them."""
        if at.factor != PLAIN:
            return {}
        key = At(whole=at.whole - at.time, unit=at.unit)  # where as much is left, the same fit
        if key not in self._tuplets_at:
            fitting = {s: t for s, t in self._tuplets.items() if self._lengths.opens(key, t)}
            self._tuplets_at[key] = fitting
        return self._tuplets_at[key]

    def accidental(self, state: State) -> Found:
        """Which of two accidentals make one is for `ties.py` to say."""
        return {**self._letters(state.at), **dict.fromkeys(_ACCIDENTALS, state)}

    def chord(self, state: State) -> Found:
        """Within brackets: notes without lengths of their own, so that they agree on one."""
        at = state.at
        inside = State(Phase.CHORD, "", _began(at, sung=True))
        found = dict.fromkeys(_LETTERS, inside)
        found.update(dict.fromkeys(_ACCIDENTALS, State(Phase.CHORD, "^", at)))
        if state.phase == Phase.CHORD and not state.text:
            found.update(dict.fromkeys(_MARKS, state))
            found["]"] = State(Phase.NOTE, "", at)
        return found

    def longer(self, state: State) -> Found:
        """The characters that belong to the note or rest itself: more of its length, marks, tie, arrows."""
        found: Found = {}
        lengths = self._lengths.of(state.at)
        if state.phase != Phase.TIE:
            for char in self._lengths.following(state.at, state.text):
                if char:
                    found[char] = state._replace(text=state.text + char)
        if state.phase == Phase.NOTE:
            if not state.text:
                found.update(dict.fromkeys(_MARKS, state))
            if state.text in lengths:
                tied = state.at._replace(tied=True)
                found["-"] = State(Phase.TIE, state.text, tied)
        if state.text in lengths:
            arrows = (State(Phase.ARROW, state.text + arrow, state.at) for arrow in _ARROWS)
            found.update((arrow.text[-1], arrow) for arrow in arrows if self._behind_arrow(arrow))
        return found

    def after(self, state: State) -> At | None:
        """Behind a note or rest whose length is written; None if it cannot end here."""
        at, spelling = state.at, state.text
        if spelling not in self._lengths.of(at):
            return None
        if at.tuplet:
            eighths = at.tuplet.eighths + self._lengths.eighths[spelling]
            tuplet = at.tuplet._replace(left=at.tuplet.left - 1, eighths=eighths)
            if tuplet.left:
                return at._replace(tuplet=tuplet)
            time = tuplet_time(tuplet, at.unit)
        else:
            time = self._lengths.duration(spelling, at.unit, at.factor)
        assert time is not None  # or the length would not be among those that fit
        return _lasting(at, time)

    def arrow(self, state: State) -> Found:
        after = self._behind_arrow(state)
        assert after is not None
        found = self.notes(after, "")
        more = state._replace(text=state.text + state.text[-1])
        if self._behind_arrow(more):
            found[state.text[-1]] = more
        return found

    def _behind_arrow(self, state: State) -> At | None:
        """Behind broken rhythm, with what it does to the next note; None where no such note fits."""
        at = state.at
        spelling = state.text.rstrip(_ARROWS)
        count = len(state.text) - len(spelling)
        if at.tuplet or count > _MOST_ARROWS:
            return None
        before, behind = broken_factors(state.text[-1], count)
        scale = at.factor[0] * before.numerator, at.factor[1] * before.denominator
        time = self._lengths.duration(spelling, at.unit, scale)
        if time is None or (at.whole != UNTIMED and at.time + time >= at.whole):
            return None
        after = _lasting(at, time)._replace(factor=(behind.numerator, behind.denominator))
        return after if self._lengths.of(after) else None

    def _letters(self, at: At) -> Found:
        return dict.fromkeys(_LETTERS, State(Phase.NOTE, "", _began(at, sung=True)))


def _began(at: At, sung: bool = False) -> At:
    """At a note or rest that has begun: what waited for one waits no more."""
    return at._replace(
        begun=True, repeat=min(at.repeat, 1), sung=at.sung or sung, tied=at.tied and not sung
    )


def _lasting(at: At, time: int) -> At:
    time = 0 if at.whole == UNTIMED else at.time + time
    return at._replace(time=time, factor=PLAIN, tuplet=None)


def _all_tuplets() -> dict[str, Tuplet]:
    """`(3` alone, since everybody writes it so, and the others with all three numbers.

    They take as many notes as they have parts, but for triplets of which some parts are joined or cut.
    """
    found = {"(3": Tuplet(3, 2, 3, 0)}
    found.update((f"(3:2:{r}", Tuplet(3, 2, r, 0)) for r in (2, 4, 5, 6))
    pairs = ((p, q) for p, q in product(range(2, 10), repeat=2) if (p, q) != (3, 2))
    found.update((f"({p}:{q}:{p}", Tuplet(p, q, p, 0)) for p, q in pairs)
    return found
