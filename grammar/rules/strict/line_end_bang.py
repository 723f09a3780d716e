"""A `!` that breaks the line of the score.

Before 2.0 a `!` broke the line. Now it is one end of a decoration, unless I:linebreak says otherwise (6.1.1),
and programs that do not know the old meaning look for the other end.

```abc
ABcd efga|!
```

**Repair**, safe, at the end of a line, which breaks the line of the score anyway.

```abc
ABcd efga|
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tuneloom.grammar.diagnostics.diagnostic import Span
from tuneloom.grammar.rules.basis.rule import Rule, RuleContext, Violation
from tuneloom.grammar.source.segments import is_music_line, key_line, split_music

__all__ = ["RULE"]


_DECLARED = re.compile(r"(?:I:|%%)\s*linebreak\b.*!")


def _line_breaking_bangs(context: RuleContext) -> Iterator[Violation]:
    if "!" not in context.text or _DECLARED.search(context.text):
        return
    body = key_line(context.lines) + 1
    for number, line in enumerate(context.lines[body:], start=context.line + body):
        if "!" in line and is_music_line(line):
            yield from _bangs_in_line(number, line)


def _bangs_in_line(number: int, line: str) -> Iterator[Violation]:
    column = 1
    for index, piece in enumerate(split_music(line)):
        for bang in re.finditer("!", piece) if index % 2 == 0 else ():
            start = column + bang.start()
            span = Span(number, start, number, start + 1)
            yield Violation(span, "a `!` that breaks the line, as it did before ABC 2.0")
        column += len(piece)


RULE = Rule(
    code="line-end-bang",
    level="strict",
    check=_line_breaking_bangs,
    help="remove it, or declare it with `I:linebreak !`",
    doc=__doc__ or "",
)
