"""A number that is not a number.

X: holds a number (3.1.1). Programs stop reading at whatever follows it, or find no number at all.

```abc
X:344 b
T:Air
K:D
```

**Repair**, safe: the number remains, and all that X: held becomes a comment. Without any digit, the tune gets
the next number that is free.

```abc
X:344 % 344 b
T:Air
K:D
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tuneloom.grammar.rules.basis.rule import Rule, RuleContext, Violation

__all__ = ["RULE"]


_NUMBER = re.compile(r"[0-9]*")


def _worded_numbers(context: RuleContext) -> Iterator[Violation]:
    first = context.header_tokens[0]
    value = first[2:].strip()
    if first.type == "REFERENCE_FIELD" and not _NUMBER.fullmatch(value):
        message = f"`{value[:40]}` is not a reference number"
        yield Violation(context.span(0, len(first.rstrip())), message)


RULE = Rule(
    code="bad-reference",
    level="strict",
    check=_worded_numbers,
    help="write a number, such as `X:1`",
    doc=__doc__ or "",
)
