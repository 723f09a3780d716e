"""A key field that names no key.

K: may be empty (3.1.14), but then it is unclear whether C major is meant or the key was forgotten.

```abc
X:1
T:Air
K:
ABcd|
```

**Repair**: none; `K:none` says that no key is meant.
"""

from __future__ import annotations

from collections.abc import Iterator

from tuneloom.grammar.rules.basis.rule import Rule, RuleContext, Violation

__all__ = ["RULE"]


def _key_without_value(context: RuleContext) -> Iterator[Violation]:
    token = next(token for token in context.tokens if token.type == "KEY_FIELD")
    if not token[2:].strip():
        start = token.start
        yield Violation(context.span(start, start + 2), "the key field is empty")


RULE = Rule(
    code="empty-key",
    level="strict",
    severity="warning",
    check=_key_without_value,
    help="write the key, or `K:none` if there is none",
    doc=__doc__ or "",
)
