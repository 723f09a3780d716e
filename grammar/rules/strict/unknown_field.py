"""A field letter that the standard does not define.

Programs ignore fields that they do not know (3), so what this one says is lost. `E:` of old files, which is
no loss, has a code of its own, `old-field`.

```abc
X:1
T:Air
Y:AB
K:D
```

**Repair**, unsafe: `Y:AB`, the part order of some collections, becomes `P:AB`, and programs then play the
parts in that order. There is none for other fields.
"""

from __future__ import annotations

from collections.abc import Iterator

from tuneloom.grammar.rules.basis.rule import Rule, RuleContext, Violation

__all__ = ["RULE"]


_DEFINED = frozenset("ABCDFGHIKLMNOPQRSTUVWXZmrsw")
_OLD = "E"  # has a rule of its own


def _undefined_fields(context: RuleContext) -> Iterator[Violation]:
    for token in context.header_tokens:
        if token.type == "TEXT_FIELD" and token[0] not in _DEFINED and token[0] != _OLD:
            start = token.start
            message = f"the standard has no field {token[:2]}"
            yield Violation(context.span(start, start + 2), message)


RULE = Rule(
    code="unknown-field",
    level="strict",
    check=_undefined_fields,
    help="write it as `N:`, a note, or as a comment",
    doc=__doc__ or "",
)
