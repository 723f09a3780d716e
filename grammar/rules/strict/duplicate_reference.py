"""A number that another tune of the file has already.

Programs and people refer to a tune of a file by X: (3.1.1). Of two tunes with one number they find the first.

```abc
X:1
T:One
K:D
ABcd|

X:1
T:Another
K:G
GABc|
```

**Repair**: none; the tunebook has to be renumbered.
"""

from __future__ import annotations

from collections.abc import Iterator

from tuneloom.grammar.rules.basis.rule import Rule, RuleContext, Violation

__all__ = ["RULE"]


def _repeated_number(context: RuleContext) -> Iterator[Violation]:
    first = context.header_tokens[0]
    number = first[2:].strip()
    if first.type == "REFERENCE_FIELD" and number in context.references:
        start = first.start
        message = f"the tune at line {context.references[number]} has the number {number} too"
        yield Violation(context.span(start, start + len(first.rstrip())), message)


RULE = Rule(
    code="duplicate-reference",
    level="strict",
    severity="warning",
    check=_repeated_number,
    help="give each tune of a file a number of its own",
    doc=__doc__ or "",
)
