"""A slur with a direction.

Some programs take `.('` and `.(,` for a slur above or below; ABC 2.1 (4.11) knows only `(` and `.(`.

```abc
.('AB) .(,cd)|
```

**Repair**, safe: a dotted slur without direction.

```abc
.(AB) .(cd)|
```
"""

from __future__ import annotations

from collections.abc import Iterator

from tuneloom.grammar.rules.basis.rule import Finding, Rule, Subject

__all__ = ["RULE"]


def _check(subject: Subject) -> Iterator[Finding]:
    for token in subject.tokens:
        if token.type == "SLUR_OPEN" and token[-1] in "',":
            start = token.start
            yield Finding(
                subject.span(start, start + len(token)), f"a slur with a direction, {token}"
            )


RULE = Rule(
    code="slur-direction",
    level="strict",
    check=_check,
    help="write `.(` for a dotted slur, `(` for any other",
    doc=__doc__ or "",
)
