"""A tie behind the arrow of a broken rhythm.

A tie touches the first of its notes (4.11), and the arrow comes after it.

```abc
B>-B c2|
```

**Repair**, safe: `tuneloom format` writes the tie first.

```abc
B->B c2|
```
"""

from __future__ import annotations

from collections.abc import Iterator

from tuneloom.grammar.rules.basis.rule import Finding, Rule, Subject

__all__ = ["RULE"]


def _check(subject: Subject) -> Iterator[Finding]:
    for token in subject.tokens:
        if token.type == "BROKEN_RHYTHM" and "-" in token:
            start = token.start + token.index("-")
            yield Finding(subject.span(start, start + 1), "a tie behind the arrow")


RULE = Rule(
    code="tie-after-arrow",
    level="strict",
    check=_check,
    help="write the tie directly behind its note: `B->B`",
    doc=__doc__ or "",
)
