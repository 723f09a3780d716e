"""The end of a slur that was never opened.

A slur begins with `(` before its first note and ends with `)` after its last one (4.11).

```abc
cde) f2|g4|]
```

**Repair**: none; only the music says where the slur should begin.
"""

from __future__ import annotations

from collections.abc import Iterator

from tuneloom.grammar.rules.basis.rule import Rule, RuleContext, Violation
from tuneloom.grammar.rules.basis.slurs import stray_slur_ends

__all__ = ["RULE"]


def _stray_slur_ends(context: RuleContext) -> Iterator[Violation]:
    for offset in stray_slur_ends(context):
        yield Violation(context.span(offset, offset + 1), "a slur ends here that never began")


RULE = Rule(
    code="stray-slur",
    level="sound",
    check=_stray_slur_ends,
    help="open it with `(` before its first note, or remove the `)`",
    doc=__doc__ or "",
)
