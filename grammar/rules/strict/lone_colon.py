"""Half of a repeat sign: a `:` by itself.

Repeats begin with `|:` and end with `:|` (4.8). Some files divide `:|:` over two lines, and others forget the
line. Programs disagree about the `:` that is left: some repeat from there, others see a bar line, and others
leave it out.

```abc
ABcd efga:|
:ABcd efga:|
```

Here it is a bar line that repeats nothing.

**Repair**: none; it may begin a repeat, end one, or be left over.
"""

from __future__ import annotations

from collections.abc import Iterator

from tuneloom.grammar.rules.basis.rule import Rule, RuleContext, Violation

__all__ = ["RULE"]


def _lone_colons(context: RuleContext) -> Iterator[Violation]:
    for token in context.tokens:
        if token.type == "BAR_LINE" and token.rstrip("0123456789,-[") == ":":
            start = token.start
            yield Violation(context.span(start, start + 1), "a lone `:` repeats nothing")


RULE = Rule(
    code="lone-colon",
    level="strict",
    check=_lone_colons,
    aspect="repeats",
    help="write `|:` where a repeat begins, `:|` where one ends",
    doc=__doc__ or "",
)
