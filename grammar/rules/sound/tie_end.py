"""A tie that leads to no note.

A tie makes one long note of two (4.11). Before a rest or at the end of the tune there is no second one.

```abc
c2-z2 d4-|]
```

**Repair**: none; either the tie is superfluous or a note is missing.
"""

from __future__ import annotations

from collections.abc import Iterator

from tuneloom.grammar.rules.basis.rule import Rule, RuleContext, Violation
from tuneloom.grammar.rules.basis.ties import ties_in
from tuneloom.grammar.tune.elements import Chord, Note

__all__ = ["RULE"]


def _ties_to_nothing(context: RuleContext) -> Iterator[Violation]:
    for tie in context.shared(ties_in):
        if not isinstance(tie.following, Note | Chord) and not tie.is_held:
            before = "a rest" if tie.following else "the end of the tune"
            span = context.element_span(tie.bar, tie.index)
            yield Violation(span, f"a tie before {before} leads to no note")


RULE = Rule(
    code="tie-end",
    signs="-",
    level="sound",
    check=_ties_to_nothing,
    aspect="ties",
    help="remove the tie, or write the note that it prolongs",
    doc=__doc__ or "",
)
