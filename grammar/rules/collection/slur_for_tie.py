"""A slur where a tie was meant.

A slur joins notes of different pitch into one phrase, and a tie makes one long note of two of the same pitch
(4.11). A slur round two notes of one pitch is played as two notes.

```abc
c2(d2|d2)e2|
```

Notes with a decoration between the two brackets are left alone: `(.d.d)` is a way of bowing.

**Repair**: none; only the player knows whether the note is struck again.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from tuneloom.grammar.rules.basis.rule import Rule, RuleContext, Violation
from tuneloom.grammar.tune.elements import Note, Voice

if TYPE_CHECKING:
    from tuneloom.grammar.tune.note_context import NoteContext

__all__ = ["RULE"]


def _slurs_over_one_pitch(context: RuleContext) -> Iterator[Violation]:
    if ")" not in context.text:
        return
    for voice in context.tune.voices:
        for first in _slurs_of_two(voice):
            bar = voice.bars[first.bar]
            yield Violation(
                context.element_span(bar, first.index),
                "this slur joins two notes of one pitch, as a tie does",
            )


def _slurs_of_two(voice: Voice) -> Iterator[NoteContext]:
    """Where each slur begins from a note to one of the same pitch, if nothing asks to strike it again."""
    notes = voice.notes()
    for index, (first, second) in enumerate(pairwise(notes)):
        if (
            index + 1 in first.slurs_to
            and first.layer == second.layer
            and _is_one_pitch(first, second)
        ):
            yield first


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
    level="collection",
    check=_slurs_over_one_pitch,
    severity="warning",
    help="write a tie, as in `d2-|d2`",
    doc=__doc__ or "",
)
