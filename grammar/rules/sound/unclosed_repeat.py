"""A repeat that starts and does not end.

`|:` starts a section that is played twice, and `:|` ends it (4.8). If another `|:` or the end of the tune
comes first, the end of the repeat is unknown.

```abc
|:ABcd efga|gfed cBAG|:dcBA GFED|D8:|
```

An end without a start is valid: it repeats from the beginning of the section. (`::` has its own rule.)

**Repair**: none; only the music says where the repeat should end.
"""

from __future__ import annotations

from collections.abc import Iterator

from tuneloom.grammar.rules.basis.repeats import unclosed_repeats
from tuneloom.grammar.rules.basis.rule import Rule, RuleContext, Violation

__all__ = ["RULE"]


def _repeats_without_end(context: RuleContext) -> Iterator[Violation]:
    for sign, before in context.shared(unclosed_repeats):
        if not sign.ends:
            yield Violation(
                context.span(sign.start, sign.end),
                f"the repeat that starts here does not end before {before}",
            )


RULE = Rule(
    code="unclosed-repeat",
    level="sound",
    check=_repeats_without_end,
    aspect="repeats",
    help="end it with `:|`, or start it with a plain bar line",
    doc=__doc__ or "",
)
