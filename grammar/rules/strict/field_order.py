"""A title that does not follow the number.

The header begins with X:, followed by T:, and ends with K: (2.2.1). Programs that read only the first two
fields find no title otherwise.

```abc
X:1
M:4/4
T:Air
K:D
```

**Repair**: none yet; move T: up by hand.
"""

from __future__ import annotations

from collections.abc import Iterator

from tuneloom.grammar.rules.basis.rule import Rule, RuleContext, Violation

__all__ = ["RULE"]


def _late_title(context: RuleContext) -> Iterator[Violation]:
    letters = [field.letter for field in context.tune.fields]
    second = letters[:2][-1] if letters[0] == "X" else letters[0]  # X: may be missing
    if "T" in letters and second != "T":
        token = context.tokens[letters.index("T")]
        start = token.start
        yield Violation(context.span(start, start + 2), "the title does not follow X:")


RULE = Rule(
    code="field-order",
    level="strict",
    check=_late_title,
    help="put T: directly after X:",
    doc=__doc__ or "",
)
