"""A `!` that breaks the line of the score.

Before 2.0 a `!` broke the line; now it is half a decoration, unless I:linebreak says otherwise (6.1.1).
Programs that do not know the old meaning look for its other half.

```abc
ABcd efga|!
```

**Repair**, safe, at the end of a line, which ends the line of the score anyway.

```abc
ABcd efga|
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tuneloom.grammar.diagnostics.diagnostic import Span
from tuneloom.grammar.rules.basis.rule import Rule, RuleContext, Violation

__all__ = ["RULE"]


_OPAQUE = re.compile(r'"(?:[^"\\]|\\.)*"|![^! \t|:\[\]]+!|\[[A-Za-z]:[^\[\]]*\]|(?<!\\)%.*')
_DECLARED = re.compile(r"(?:I:|%%)\s*linebreak\b.*!")
_FIELD = re.compile(r"[H-Wh-w]:")


def _line_breaking_bangs(context: RuleContext) -> Iterator[Violation]:
    if "!" not in context.text or _DECLARED.search(context.text):
        return
    in_body = False
    for number, line in enumerate(context.lines, start=context.line):
        if in_body and "!" in line and not _FIELD.match(line) and line[0] != "%":
            yield from _in_line(number, line)
        in_body = in_body or line.startswith("K:")


def _in_line(number: int, line: str) -> Iterator[Violation]:
    bare = _OPAQUE.sub(lambda match: " " * len(match[0]), line)
    for match in re.finditer("!", bare):
        span = Span(number, match.start() + 1, number, match.start() + 2)
        yield Violation(span, "a `!` that breaks the line, as it did before ABC 2.0")


RULE = Rule(
    code="line-end-bang",
    level="strict",
    check=_line_breaking_bangs,
    help="remove it, or declare it with `I:linebreak !`",
    doc=__doc__ or "",
)
