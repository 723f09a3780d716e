"""A title that does not follow the number.

The header begins with X:, T: is next, and K: is last (2.2.1); programs that read no further than the
title find none otherwise.

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

from tuneloom.grammar.rules.basis.rule import Finding, Rule, Subject

__all__ = ["RULE"]


def _check(subject: Subject) -> Iterator[Finding]:
    letters = [field.letter for field in subject.tune.fields]
    if "T" in letters and letters[1] != "T":
        token = subject.tokens[letters.index("T")]
        start = token.start
        yield Finding(subject.span(start, start + 2), "the title does not follow X:")


RULE = Rule(
    code="field-order",
    level="strict",
    check=_check,
    help="write T: directly behind X:",
    doc=__doc__ or "",
)
