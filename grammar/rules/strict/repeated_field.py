"""A field of the header that a later one replaces.

A tune may have several titles or composers, but one metre, unit note length, tempo and part order. Of several
such fields the last holds (section 3), which a reader of the first may not notice.

```abc
M:C
M:3/4
L:1/4
K:G
```

**Repair**: none; remove those that do not hold.
"""

from __future__ import annotations

from collections.abc import Iterator

from tuneloom.grammar.parsing.nodes import Token
from tuneloom.grammar.rules.basis.rule import Rule, RuleContext, Violation

__all__ = ["RULE"]


def _replaced_fields(context: RuleContext) -> Iterator[Violation]:
    header: list[Token] = []
    for token in context.tokens:
        if token.type == "KEY_FIELD":
            break
        header.append(token)
    last = {token[0]: token for token in header}
    for token in header:
        if token[0] in "MLQP" and last[token[0]] is not token:
            span = context.span(token.start, token.start + len(token.rstrip()))
            held = last[token[0]].strip()
            yield Violation(span, f"`{token.strip()}` does not hold, as `{held}` follows it")


RULE = Rule(
    code="repeated-field",
    level="strict",
    severity="warning",
    check=_replaced_fields,
    help="remove it, or the later one if this one is right",
    doc=__doc__ or "",
)
