"""A tune without a title.

T: follows X: (3.1.2). A title may be empty, but the field must be there.

```abc
X:1
K:D
ABcd|
```

**Repair**: none; only the source says what the tune is called.
"""

from __future__ import annotations

from collections.abc import Iterator

from tuneloom.grammar.rules.basis.rule import Rule, RuleContext, Violation

__all__ = ["RULE"]


def _absent_title(context: RuleContext) -> Iterator[Violation]:
    if not any(field.startswith("T:") for field in context.header_tokens):
        yield Violation(context.span(0, 2), "the tune has no title field")


RULE = Rule(
    code="missing-title",
    level="strict",
    check=_absent_title,
    help="put T: after X:, with the title or empty",
    doc=__doc__ or "",
)
