"""A field that is continued with a `\\`.

Since 2.1 a field is continued by a line that begins with `+:`; a `\\` joins lines of music (3.3, 6.1.1).

```abc
X:1
T:Air
W:A song of many words \\
K:D
```

**Repair**: none; write `+:` before what follows.
"""

from __future__ import annotations

from collections.abc import Iterator

from tuneloom.grammar.diagnostics.diagnostic import Span
from tuneloom.grammar.rules.basis.rule import Rule, RuleContext, Violation
from tuneloom.grammar.source.segments import key_line

__all__ = ["RULE"]


_LETTERS = frozenset("ABCDFGHKLMNOPQRSTWZsw")


def _continued_fields(context: RuleContext) -> Iterator[Violation]:
    key = key_line(context.lines)
    for index, line in enumerate(context.lines):
        is_field = (
            line[1:2] == ":" and line[0] in _LETTERS and not (index > key and line[0] in "ABCDFG")
        )
        if is_field and line.rstrip().endswith("\\"):
            number, column = context.line + index, len(line.rstrip())
            yield Violation(Span(number, column, number, column + 1), "a field continued by a `\\`")


RULE = Rule(
    code="continued-field",
    level="strict",
    check=_continued_fields,
    help="begin the line that follows with `+:`",
    doc=__doc__ or "",
)
