"""A field with blanks before its letter or its colon.

A field is a letter at the beginning of a line and a colon directly after it (3). Other programs take the line
for music, or for nothing.

```abc
X:1
T:Air
 L:1/4
M : 6/8
K:D
```

**Repair**, unsafe, since abcjs begins the music with such a line.

```abc
X:1
T:Air
L:1/4
M:6/8
K:D
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tuneloom.grammar.diagnostics.diagnostic import Span
from tuneloom.grammar.rules.basis.rule import Rule, RuleContext, Violation
from tuneloom.grammar.source.segments import key_line, spaced_field

__all__ = ["RULE"]

_BLANK = re.compile(r"^(?:[ \t]|[A-Za-z][ \t]+:)", re.MULTILINE)


def _spaced_fields(context: RuleContext) -> Iterator[Violation]:
    if not _BLANK.search(context.text):
        return
    key = key_line(context.lines)
    for index, line in enumerate(context.lines):
        if spaced := spaced_field(line, index > key):
            letter, _, end = spaced
            number = context.line + index
            message = f"the field {letter}: has blanks before its colon"
            yield Violation(Span(number, 1, number, end + 1), message)


RULE = Rule(
    code="spaced-field",
    level="strict",
    check=_spaced_fields,
    help="write the letter at the beginning of the line and the colon directly after it",
    doc=__doc__ or "",
)
