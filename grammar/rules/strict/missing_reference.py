"""A tune without a number.

A tune begins with X: and a number (3.1.1), by which programs and people refer to it.

```abc
X:
T:Air
K:D
```

**Repair**: none; its number depends on the rest of the tunebook.
"""

from __future__ import annotations

from collections.abc import Iterator

from tuneloom.grammar.rules.basis.rule import Rule, RuleContext, Violation

__all__ = ["RULE"]


def _absent_number(context: RuleContext) -> Iterator[Violation]:
    first = context.tokens[0]
    if first.type == "REFERENCE_FIELD" and not first[2:].strip():
        yield Violation(context.span(0, 2), "the tune has no number")


RULE = Rule(
    code="missing-reference",
    level="strict",
    check=_absent_number,
    help="write a number of its own, such as `X:1`",
    doc=__doc__ or "",
)
