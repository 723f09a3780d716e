"""A `!` that breaks the line of the score.

Before 2.0 a `!` broke the line. Now it is one end of a decoration, unless I:linebreak says otherwise (6.1.1),
and programs that do not know the old meaning look for the other end. Where they find one, with music between,
see `bang-pair`.

```abc
ABcd efga|!
```

**Repair**, safe, at the end of a line, which breaks the line of the score anyway.

```abc
ABcd efga|
```
"""

from __future__ import annotations

from collections.abc import Iterator

from tuneloom.grammar.diagnostics.diagnostic import Span
from tuneloom.grammar.rules.basis.bangs import enclosing_bangs, line_breaking_bangs
from tuneloom.grammar.rules.basis.rule import Rule, RuleContext, Violation

__all__ = ["RULE"]


def _line_breaking_bangs(context: RuleContext) -> Iterator[Violation]:
    for number, columns in line_breaking_bangs(context):
        paired = enclosing_bangs(context.lines[number - context.line], columns)
        for column in set(columns).difference(*paired):
            span = Span(number, column, number, column + 1)
            yield Violation(span, "a `!` that breaks the line, as it did before ABC 2.0")


RULE = Rule(
    code="line-end-bang",
    level="strict",
    check=_line_breaking_bangs,
    help="remove it, or declare it with `I:linebreak !`",
    doc=__doc__ or "",
)
