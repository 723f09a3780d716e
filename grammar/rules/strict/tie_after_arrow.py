"""A tie after the arrow of a broken rhythm.

A tie touches the first of its notes (4.11), and the arrow comes after it.

```abc
B>-B c2|
```

**Repair**, safe: `tuneloom format` writes the tie first.

```abc
B->B c2|
```
"""

from __future__ import annotations

from collections.abc import Iterator

from tuneloom.grammar.rules.basis.rule import Rule, RuleContext, Violation

__all__ = ["RULE"]


def _ties_after_arrows(context: RuleContext) -> Iterator[Violation]:
    for token in context.tokens:
        if token.type == "BROKEN_RHYTHM" and "-" in token:
            start = token.start + token.index("-")
            yield Violation(context.span(start, start + 1), "a tie after the arrow")


RULE = Rule(
    code="tie-after-arrow",
    level="strict",
    check=_ties_after_arrows,
    help="put the tie directly after its note: `B->B`",
    doc=__doc__ or "",
)
