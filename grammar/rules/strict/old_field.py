"""A field that only a program of long ago read.

`E:` told the printing program abc2mtex how far apart notes are. No version of the standard has it, and
nothing is lost with it.

```abc
X:1
T:Air
E:9
K:D
```

**Repair**: none; it can be deleted.
"""

from __future__ import annotations

from collections.abc import Iterator

from tuneloom.grammar.rules.basis.rule import Rule, RuleContext, Violation

__all__ = ["RULE"]


def _old_fields(context: RuleContext) -> Iterator[Violation]:
    if "E:" not in context.text:
        return
    for token in context.header_tokens:
        if token.type == "TEXT_FIELD" and token[0] == "E":
            start = token.start
            yield Violation(context.span(start, start + 2), "the standard has no field E:")


RULE = Rule(
    code="old-field",
    level="strict",
    check=_old_fields,
    help="delete it: only abc2mtex read it, as the space between notes on a page",
    doc=__doc__ or "",
)
