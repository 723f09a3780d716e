"""A slur that is opened and never closed.

A slur begins with `(` before its first note and ends with `)` after its last one. Slurs nest, and cross
bar lines and line ends (4.11). A slur without an end leads nowhere.

```abc
(cde f2|g4|]
```

**Repair**: none; only the music says where the slur should end.
"""

from __future__ import annotations

from collections.abc import Iterator

from tuneloom.grammar.rules.basis.rule import Rule, RuleContext, Violation
from tuneloom.grammar.rules.basis.slurs import unclosed_slurs

__all__ = ["RULE"]


def _slurs_without_end(context: RuleContext) -> Iterator[Violation]:
    for offset in unclosed_slurs(context):
        yield Violation(context.span(offset, offset + 1), "a slur that is never closed")


RULE = Rule(
    code="unclosed-slur",
    signs="()",
    level="sound",
    check=_slurs_without_end,
    aspect="slurs",
    help="close it with `)` after its last note",
    doc=__doc__ or "",
)
