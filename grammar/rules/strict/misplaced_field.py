"""A field where the standard does not allow it.

Fields that describe the tune as a whole, such as its origin or its book, belong in the header (3). In the
body or inside music, programs may take them for something else.

```abc
X:1
T:Air
K:D
ABcd|
S:from a friend
```

**Repair**: none; move it into the header.
"""

from __future__ import annotations

from collections.abc import Iterator

from tuneloom.grammar.rules.basis.rule import Rule, RuleContext, Violation

__all__ = ["RULE"]


_BODY = frozenset("IKLMmNPQRrsTUVWw")
_INLINE = frozenset("IKLMmNPQRrUV")


def _misplaced_fields(context: RuleContext) -> Iterator[Violation]:
    for token in context.tokens:
        inline = token.type == "INLINE_FIELD"
        letter = token[1] if inline else token[0]
        wrong = inline and letter not in _INLINE
        if wrong or (token.type == "BODY_TEXT_FIELD" and letter not in _BODY):
            start = token.start + inline
            where = "inside music" if inline else "in the body"
            yield Violation(
                context.span(start, start + 2), f"the field {letter}: does not belong {where}"
            )


RULE = Rule(
    code="misplaced-field",
    level="strict",
    check=_misplaced_fields,
    help="write it in the header, before K:",
    doc=__doc__ or "",
)
