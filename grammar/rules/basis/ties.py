"""The ties of a tune, and the notes to which each may lead."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from tuneloom.grammar.rules.basis.rule import RuleContext
from tuneloom.grammar.tune.elements import (
    PLAIN_BAR_LINE,
    Bar,
    Chord,
    MultiRest,
    Note,
    Overlay,
    Rest,
    Tune,
    Voice,
)

__all__ = ["TieWithTargets", "ties_in", "ties_of"]

_Timed = Note | Chord | Rest | MultiRest


class TieWithTargets(Struct, frozen=True):
    """A tie after the element `index` of `bar`, from `notes` to what comes next (None at the end).

    `others` has the pitches of the first elements of all sections, to which a tie at a section's end may lead
    back. It is one set for all such ties, since sections may be as many as notes.
    """

    bar: Bar
    index: int
    notes: tuple[Note, ...]
    following: _Timed | None
    others: frozenset[int] = frozenset()

    @property
    def is_held(self) -> bool:
        """Whether a note that it may lead to has the pitch of one that it comes from."""
        pitches = {note.pitch for note in self.notes}
        return not (
            pitches.isdisjoint(_sounding_pitches(self.following))
            and pitches.isdisjoint(self.others)
        )


def ties_in(context: RuleContext) -> list[TieWithTargets]:
    """Those of the tune that a rule looks at."""
    return ties_of(context.tune)


def ties_of(tune: Tune) -> list[TieWithTargets]:
    return [tie for voice in tune.voices for tie in _ties_of_voice(voice)]


def _ties_of_voice(voice: Voice) -> Iterator[TieWithTargets]:
    open_tie: TieWithTargets | None = None
    starts: list[_Timed] = []
    at_boundary: list[TieWithTargets] = []
    begins = crossed = True
    for bar in voice.bars:
        for index, element in enumerate(bar.elements):
            if isinstance(element, Overlay):
                open_tie = None  # an overlay starts the bar again
            elif isinstance(element, Note | Chord | Rest | MultiRest):
                if begins:
                    starts.append(element)
                    begins = False
                if open_tie:
                    found = TieWithTargets(open_tie.bar, open_tie.index, open_tie.notes, element)
                    if crossed:
                        at_boundary.append(found)
                    else:
                        yield found
                notes = _tied(element)
                open_tie = TieWithTargets(bar, index, notes, None) if notes else None
                crossed = False
        if bar.line != PLAIN_BAR_LINE:
            begins = crossed = True
    if open_tie:
        at_boundary.append(open_tie)
    others = frozenset[int]().union(*map(_sounding_pitches, starts))
    for tie in at_boundary:
        yield TieWithTargets(tie.bar, tie.index, tie.notes, tie.following, others)


def _tied(element: _Timed) -> tuple[Note, ...]:
    """The notes of an element that a tie prolongs."""
    if isinstance(element, Note):
        return (element,) if element.tied else ()
    if isinstance(element, Chord):
        return element.notes if element.tied else tuple(n for n in element.notes if n.tied)
    return ()


def _sounding_pitches(element: _Timed | None) -> set[int]:
    if isinstance(element, Note):
        return {element.pitch}
    return {note.pitch for note in element.notes} if isinstance(element, Chord) else set()
