"""A tie that leads to no note.

A tie makes one long note of two (4.11). Before a rest or at the end of the tune there is no second one.

```abc
c2-z2 d4-|]
```

**Repair**: none; the tie is left over, or a note is missing.
"""

from __future__ import annotations

from collections.abc import Iterator

from tuneloom.grammar.rules.basis.rule import Finding, Rule, Subject
from tuneloom.grammar.rules.basis.ties import ties
from tuneloom.grammar.tune.elements import Chord, Note

__all__ = ["RULE"]


def _check(subject: Subject) -> Iterator[Finding]:
    for tie in ties(subject.tune):
        if not isinstance(tie.following, Note | Chord) and not tie.is_held:
            before = "a rest" if tie.following else "the end of the tune"
            span = subject.element_span(tie.bar, tie.index)
            yield Finding(span, f"a tie before {before} leads to no note")


RULE = Rule(
    code="tie-end",
    level="sound",
    check=_check,
    help="remove the tie, or write the note that it prolongs",
    doc=__doc__ or "",
)
