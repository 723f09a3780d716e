"""A `::` that starts a repeat which does not end.

`::` ends one repeat and starts the next (4.8). In old prints and copies of them it often ends one
only, and nothing ends the second. It is clear what is played first, so this is a warning.

```abc
ABcd efga|gfed cBAG::dcBA GFED|D8|]
```

**Repair**: none; only the source can tell whether the last bar line should be `:|`, or the `::` itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from tuneloom.grammar.rules.basis.repeats import unclosed_repeats
from tuneloom.grammar.rules.basis.rule import Rule, RuleContext, Violation

__all__ = ["RULE"]


def _unclosed_double_repeats(context: RuleContext) -> Iterator[Violation]:
    for sign, before in context.shared(unclosed_repeats):
        if sign.ends:
            message = f"this sign also starts a repeat, which does not end before {before}"
            yield Violation(context.span(sign.start, sign.end), message)


RULE = Rule(
    code="double-repeat",
    level="sound",
    severity="warning",
    check=_unclosed_double_repeats,
    aspect="repeats",
    help="write `:|` if only the first repeat is meant, else end the second with `:|` as well",
    doc=__doc__ or "",
)
