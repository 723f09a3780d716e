"""A tune without a title.

T: follows X: (3.1.2). A title may be empty, but the field must be there.

```abc
X:1
K:D
ABcd|
```

**Repair**: none; what the tune is called, the source says.
"""

from __future__ import annotations

from collections.abc import Iterator

from tuneloom.grammar.rules.basis.rule import Finding, Rule, Subject

__all__ = ["RULE"]


def _check(subject: Subject) -> Iterator[Finding]:
    if not any(field.letter == "T" for field in subject.tune.fields):
        yield Finding(subject.span(0, 2), "the tune has no title field")


RULE = Rule(
    code="missing-title",
    level="strict",
    check=_check,
    help="write T: behind X:, with the title or empty",
    doc=__doc__ or "",
)
