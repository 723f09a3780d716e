"""A decoration without its signs in U:.

U: gives a letter to a decoration between `!` or to a text between quotes (4.16). Programs may take a bare
name for nothing, and then the letter has no meaning.

```abc
U:V=wedge
VA4|
```

**Repair**, safe.

```abc
U:V=!wedge!
VA4|
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tuneloom.grammar.rules.basis.rule import Rule, RuleContext, Violation
from tuneloom.grammar.source.substitutions import BARE_SYMBOL

__all__ = ["RULE"]


def _bare_symbols(context: RuleContext) -> Iterator[Violation]:
    if "U:" not in context.text and "U :" not in context.text:
        return
    for token in context.tokens:
        if token.type in ("TEXT_FIELD", "BODY_TEXT_FIELD") and token.startswith("U:"):
            match = re.match(BARE_SYMBOL, token.rstrip())
            if match:
                span = context.span(token.start + match.start(2), token.start + match.end(2))
                yield Violation(span, f"the decoration `{match[2]}` has no signs")


RULE = Rule(
    code="bare-symbol",
    level="strict",
    check=_bare_symbols,
    help="write it as in `U:V=!wedge!`",
    doc=__doc__ or "",
)
