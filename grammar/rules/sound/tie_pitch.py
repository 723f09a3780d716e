"""A tie between notes of two pitches.

A tie makes one long note of two that sound alike (4.11). Between two pitches it has no meaning: a slur
was meant, or one of the notes is wrong, or an accidental is missing on the second.

```abc
c2-d2 e4|
```

A tie at the end of a section may lead back to the beginning of one, as a repeat does. Whole collections,
and printed ones at that, write slurs in this way: what is played is plain, and so this is a warning.

**Repair**: none; whether it is the tie or a note that is wrong, only the ear can tell. A slur is
written `(c2d2)`.
"""

from __future__ import annotations

from collections.abc import Iterator

from tuneloom.grammar.canonical.elements import spell_pitch
from tuneloom.grammar.rules.basis.rule import Rule, RuleContext, Violation
from tuneloom.grammar.rules.basis.ties import TieWithTargets, ties_of
from tuneloom.grammar.tune.elements import Chord, Note

__all__ = ["RULE"]


def _ties_between_pitches(context: RuleContext) -> Iterator[Violation]:
    for tie in ties_of(context.tune):
        if isinstance(tie.following, Note | Chord) and not tie.is_held:
            yield Violation(context.element_span(tie.bar, tie.index), _message(tie))


def _message(tie: TieWithTargets) -> str:
    first = " ".join(map(spell_pitch, tie.notes))
    following = tie.following
    second = (following,) if isinstance(following, Note) else getattr(following, "notes", ())
    return f"this tie leads from {first} to another pitch, {' '.join(map(spell_pitch, second))}"


RULE = Rule(
    code="tie-pitch",
    level="sound",
    check=_ties_between_pitches,
    severity="warning",
    help="a tie joins two notes of one pitch; a slur between others is written `(cd)`",
    doc=__doc__ or "",
)
