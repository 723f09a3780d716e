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

from tuneloom.grammar.diagnostics.diagnostic import Span
from tuneloom.grammar.rules.basis.rule import Rule, RuleContext, Violation
from tuneloom.grammar.source.segments import is_field, key_line

__all__ = ["RULE"]


def _late_title(context: RuleContext) -> Iterator[Violation]:
    """The lines of the tune itself are looked at: the fields of a file header are not in it (2.2.2)."""
    header = context.lines[: key_line(context.lines)]
    fields = [(number, line) for number, line in enumerate(header) if is_field(line, in_body=False)]
    letters = [line[0] for _, line in fields]
    first = letters.index("X") + 1 if "X" in letters else 0  # X: may be missing
    if "T" in letters[first + 1 :] and letters[first] != "T":
        line = context.line + fields[letters.index("T")][0]
        yield Violation(Span(line, 1, line, 3), "the title does not follow X:")


RULE = Rule(
    code="field-order",
    level="strict",
    check=_late_title,
    help="put T: directly after X:",
    doc=__doc__ or "",
)
