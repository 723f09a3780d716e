"""A slur where a tie was meant.

A slur joins notes of different pitch into one phrase, and a tie makes one long note of two of the same pitch
(4.11). A slur round two notes of one pitch is played as two notes.

```abc
c2(d2|d2)e2|
```

Notes with a decoration between the two brackets are left alone: `(.d.d)` is a way of bowing. So are two notes
that begin on a beat and together have a sign of their own, as in `(d2d)`: a long note would be written `d3`.

**Repair**: none; only the player knows whether the note is struck again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from tuneloom.grammar.bars.timed_bars import TimedBar
from tuneloom.grammar.rules.basis.rule import Rule, RuleContext, Violation
from tuneloom.grammar.tune.durations import has_note_sign, is_compound
from tuneloom.grammar.tune.elements import MultiRest, Note, SlurOpen, Voice, is_timed

if TYPE_CHECKING:
    from tuneloom.grammar.tune.note_context import NoteContext

__all__ = ["RULE"]


def _slurs_over_one_pitch(context: RuleContext) -> Iterator[Violation]:
    if not any(map(_may_have_one, context.tune.voices)):
        return
    timed = {id(each.bar): each for bars in context.parsed.bars.voices for each in bars}
    for voice in context.tune.voices:
        for first in _slurs_of_two(voice, timed):
            yield Violation(
                context.element_span(voice.bars[first.bar], first.index),
                "this slur joins two notes of one pitch, as a tie does",
            )


def _may_have_one(voice: Voice) -> bool:
    """Whether a slur begins before two notes of one pitch; what is around a note takes longer to find."""
    opened = False
    first: Note | None = None  # the first note after the bracket, until the next one
    for bar in voice.bars:
        for element in bar.elements:
            if isinstance(element, SlurOpen):
                opened = True
            elif is_timed(element):
                if first and isinstance(element, Note) and element.pitch == first.pitch:
                    return True
                first = element if opened and isinstance(element, Note) else None
                opened = False
    return False


def _slurs_of_two(voice: Voice, timed: Mapping[int, TimedBar]) -> Iterator[NoteContext]:
    """Where each slur begins from a note to one of the same pitch, if a tie may have been meant."""
    notes = voice.notes()
    for index, (first, second) in enumerate(pairwise(notes)):
        if (
            index + 1 in first.slurs_to
            and first.layer == second.layer
            and _is_one_pitch(first, second)
            and not _are_one_sign(first, second, notes, timed.get(id(voice.bars[first.bar])))
        ):
            yield first


def _are_one_sign(
    first: NoteContext, second: NoteContext, notes: Sequence[NoteContext], timed: TimedBar | None
) -> bool:
    """Whether two notes of a bar begin on a beat, and one note sign would do for both."""
    if timed is None or second.bar != first.bar:
        return False
    if not has_note_sign(_time_of_note(first) + _time_of_note(second)):
        return False
    before = [n for n in notes if n.bar == first.bar and n.layer == first.layer]
    start = sum((_time_of_note(n) for n in before if n.index < first.index), Fraction(0))
    if timed.opens_section and timed.duration < timed.length:  # a pickup, which ends on a beat
        start -= timed.duration
    return start % _beat(timed.meter) == 0


def _time_of_note(note: NoteContext) -> Fraction:
    return Fraction(0) if isinstance(note.element, MultiRest) else note.element.duration


def _beat(meter: str) -> Fraction:
    if is_compound(meter):
        return Fraction(3, 8)
    unit = "".join(meter.split()).partition("/")[2]
    return Fraction(1, int(unit or 4))


def _is_one_pitch(first: NoteContext, second: NoteContext) -> bool:
    one, other = first.element, second.element
    return (
        isinstance(one, Note)
        and isinstance(other, Note)
        and one.pitch == other.pitch
        and not one.tied
        and not second.grace
        and not first.decorations
        and not second.decorations
        and not second.syllables
    )


RULE = Rule(
    code="slur-for-tie",
    signs=")",
    level="collection",
    check=_slurs_over_one_pitch,
    aspect="slurs",
    severity="warning",
    help="write a tie, as in `d2-|d2`",
    doc=__doc__ or "",
)
