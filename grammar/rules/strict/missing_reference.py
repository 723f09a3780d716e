"""A tune without a number.

A tune begins with X: and a number (3.1.1), by which programs and people refer to it. Tunes copied alone often
have none, and many programs do not find them (2.3.1).

```abc
T:Air
K:D
```

**Repair**, safe: `X:1` goes before the header. In a file of several tunes it is the next number that is free.

```abc
X:1
T:Air
K:D
```
"""

from __future__ import annotations

from collections.abc import Iterator

from tuneloom.grammar.diagnostics.diagnostic import Span
from tuneloom.grammar.rules.basis.rule import Rule, RuleContext, Violation

__all__ = ["RULE"]


def _absent_number(context: RuleContext) -> Iterator[Violation]:
    first = context.header_tokens[0]
    if first.type != "REFERENCE_FIELD":
        yield Violation(
            Span(context.line, 1, context.line, 1 + len(context.lines[0])), "X: is missing"
        )
    elif not first[2:].strip():
        yield Violation(context.span(0, 2), "the tune has no number")


RULE = Rule(
    code="missing-reference",
    level="strict",
    check=_absent_number,
    help="write a number of its own, such as `X:1`",
    doc=__doc__ or "",
)
