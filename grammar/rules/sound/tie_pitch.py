"""A tie between notes of different pitch.

A tie makes one long note of two of the same pitch (4.11). Between different pitches it has no meaning:
either a slur was meant, or one of the notes is wrong, or the second lacks an accidental.

```abc
c2-d2 e4|
```

A tie at the end of a section may lead back to the beginning of one, as a repeat does. Whole
collections, printed ones among them, write slurs in this way. It is clear what is played, so this is a
warning; and where most ties of a tune are such slurs, there is one for all of them, at the first.

**Repair**: none; only the ear can tell whether the tie or a note is wrong. A slur is written `(c2d2)`.
"""

from __future__ import annotations

from collections.abc import Iterator

from tuneloom.grammar.canonical.elements import spell_pitch
from tuneloom.grammar.rules.basis.rule import Rule, RuleContext, Violation
from tuneloom.grammar.rules.basis.ties import TieWithTargets, ties_in
from tuneloom.grammar.tune.elements import Chord, Note

__all__ = ["RULE"]


_MANY = (
    3  # ties to other pitches that show how a tune writes its slurs, if most of its ties are such
)


def _ties_between_pitches(context: RuleContext) -> Iterator[Violation]:
    ties = context.shared(ties_in)
    wrong = [tie for tie in ties if isinstance(tie.following, Note | Chord) and not tie.is_held]
    if len(wrong) >= _MANY and 2 * len(wrong) > len(ties):
        first = min(wrong, key=lambda tie: tie.bar.starts[tie.index])
        yield _violation(context, first, _message_of_many(len(wrong), len(ties), first))
    else:
        yield from (_violation(context, tie, _message(tie)) for tie in wrong)


def _violation(context: RuleContext, tie: TieWithTargets, message: str) -> Violation:
    return Violation(context.element_span(tie.bar, tie.index), message)


def _message(tie: TieWithTargets) -> str:
    first, second = _spelled_pitches(tie)
    return f"this tie leads from {first} to another pitch, {second}"


def _message_of_many(wrong: int, all_: int, tie: TieWithTargets) -> str:
    first, second = _spelled_pitches(tie)
    ties = f"all {all_} ties" if wrong == all_ else f"{wrong} of the {all_} ties"
    return f"{ties} of this tune lead to other pitches, this one from {first} to {second}"


def _spelled_pitches(tie: TieWithTargets) -> tuple[str, str]:
    following = tie.following
    second = (following,) if isinstance(following, Note) else getattr(following, "notes", ())
    return " ".join(map(spell_pitch, tie.notes)), " ".join(map(spell_pitch, second))


RULE = Rule(
    code="tie-pitch",
    signs="-",
    level="sound",
    check=_ties_between_pitches,
    aspect="ties",
    severity="warning",
    help="a tie joins two notes of one pitch; a slur between others is written `(cd)`",
    doc=__doc__ or "",
)
