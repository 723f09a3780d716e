"""A `::` that starts a repeat which does not end.

`::` ends one repeat and starts the next (4.8). In old prints, and in what was copied from them, it often
only ends one, and nothing ends the second: what is played first is plain, and so this is a warning.

```abc
ABcd efga|gfed cBAG::dcBA GFED|D8|]
```

**Repair**: none; either the last bar line is a `:|`, or the `::` is one, and only the source can tell.
"""

from __future__ import annotations

from collections.abc import Iterator

from tuneloom.grammar.rules.basis.repeats import unclosed_repeats
from tuneloom.grammar.rules.basis.rule import Rule, RuleContext, Violation

__all__ = ["RULE"]


def _unclosed_double_repeats(context: RuleContext) -> Iterator[Violation]:
    for sign, before in unclosed_repeats(context):
        if sign.ends:
            message = f"this sign starts a repeat too, which does not end before {before}"
            yield Violation(sign.span, message)


RULE = Rule(
    code="double-repeat",
    level="sound",
    severity="warning",
    check=_unclosed_double_repeats,
    help="write `:|` if only the first repeat is meant, else end the second with `:|` as well",
    doc=__doc__ or "",
)
