"""A length that no single note sign has.

A note sign lasts a whole note, a half, a quarter and so on, and up to three dots add to it (4.3). Five
eighths are none of these. Programs play the note, but complain of it and engrave another length.

```abc
M:6/8
L:1/8
K:G
G5 A|
```

Notes in tuplets, and lengths written in place of a tuplet, such as `G/3`, are left alone.

**Repair**: none; where the beat divides the note, two notes and a tie say it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from tuneloom.grammar.rules.basis.rule import Rule, RuleContext, Violation
from tuneloom.grammar.tune.durations import has_note_sign, is_dyadic
from tuneloom.grammar.tune.elements import Chord, Note, Rest

if TYPE_CHECKING:
    from tuneloom.grammar.tune.note_context import NoteContext

__all__ = ["RULE"]

_TIMED = (Note, Chord, Rest)


def _values_without_sign(context: RuleContext) -> Iterator[Violation]:
    if not any(map(_has_no_sign, _lengths(context))):
        return
    for voice in context.tune.voices:
        for note in voice.notes():
            element = note.element
            if isinstance(element, Note | Chord | Rest) and _is_unwritable(note, element):
                span = context.element_span(voice.bars[note.bar], note.index)
                kind = "rest" if isinstance(element, Rest) else "note"
                yield Violation(span, f"no single {kind} lasts {element.duration}")


def _lengths(context: RuleContext) -> Iterable[Fraction]:
    """All durations: few tunes have one to look at, and what is around a note takes longer to find.

    Notes of one length share its object, and to compare objects is faster than to compare fractions.
    """
    durations = {
        id(element.duration): element.duration
        for voice in context.tune.voices
        for bar in voice.bars
        for element in bar.elements
        if isinstance(element, _TIMED)
    }
    return durations.values()


def _is_unwritable(note: NoteContext, element: Note | Chord | Rest) -> bool:
    if note.tuplet or (isinstance(element, Rest) and element.letter != "z"):
        return False
    return _has_no_sign(element.duration)


def _has_no_sign(duration: Fraction) -> bool:
    """Whether a duration of halves, quarters and so on has no sign; others are those of tuplets."""
    return is_dyadic(duration) and duration > 0 and not has_note_sign(duration)


RULE = Rule(
    code="note-value",
    level="collection",
    check=_values_without_sign,
    aspect="notes",
    severity="warning",
    help="write two notes and a tie, as in `G3-G2`, or two rests, `z3 z2`",
    doc=__doc__ or "",
)
