"""A tune without a metre.

Without M: a tune is in free metre (3.1.6): whether its bars are full is unknown and, unless it has L:, the
length of its notes is a guess.

```abc
X:1
T:Air
K:D
ABcd|
```

**Repair**: none; `M:none` says that free metre is meant.
"""

from __future__ import annotations

from collections.abc import Iterator

from tuneloom.grammar.rules.basis.rule import Rule, RuleContext, Violation
from tuneloom.grammar.tune.elements import Field

__all__ = ["RULE"]


def _absent_meter(context: RuleContext) -> Iterator[Violation]:
    fields = (*context.tune.fields, *_fields_in_body(context))
    if not any(field.letter == "M" for field in fields):
        yield Violation(context.span(0, 2), "the tune does not say its metre")


def _fields_in_body(context: RuleContext) -> Iterator[Field]:
    for voice in context.tune.voices:
        for bar in voice.bars:
            yield from (element for element in bar.elements if isinstance(element, Field))


RULE = Rule(
    code="no-meter",
    level="strict",
    severity="warning",
    check=_absent_meter,
    help="write M:, such as `M:6/8`, or `M:none` for free metre",
    doc=__doc__ or "",
)
