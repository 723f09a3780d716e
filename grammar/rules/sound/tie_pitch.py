"""A tie between notes of different pitch.

A tie makes one long note of two of the same pitch (4.11). Between different pitches it has no meaning:
either a slur was meant, or one of the notes is wrong, or the second lacks an accidental.

```abc
c2-d2 e4|
```

A tie at the end of a section may lead back to the beginning of one, as a repeat does. Whole
collections, printed ones among them, write slurs in this way. It is clear what is played, so this is a
warning.

**Repair**: none; only the ear can tell whether the tie or a note is wrong. A slur is written `(c2d2)`.
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
