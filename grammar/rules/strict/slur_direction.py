"""A slur with a direction.

In some programs and old files, `('` and `.(,` are slurs above or below; ABC 2.1 (4.11) has only `(` and
`.(`.

```abc
.(,AB) (,cd)|
```

**Repair**, safe: the slur without its direction. It is unsafe for `('` and `.('`, since abc2midi shortens the
note after it.

```abc
.(AB) (cd)|
```
"""

from __future__ import annotations

from collections.abc import Iterator

from tuneloom.grammar.rules.basis.rule import Rule, RuleContext, Violation

__all__ = ["RULE"]


def _directed_slurs(context: RuleContext) -> Iterator[Violation]:
    for token in context.tokens:
        if token.type == "SLUR_OPEN" and token[-1] in "',":
            start = token.start
            yield Violation(
                context.span(start, start + len(token)), f"a slur with a direction, {token}"
            )


RULE = Rule(
    code="slur-direction",
    level="strict",
    check=_directed_slurs,
    help="write `.(` for a dotted slur, `(` for any other",
    doc=__doc__ or "",
)
