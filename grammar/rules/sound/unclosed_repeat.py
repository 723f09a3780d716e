"""A repeat that starts and does not end.

`|:` starts a section that is played twice, and `:|` ends it (4.8). If another `|:` or the end of the tune
comes first, nobody can tell how far the repeat goes.

```abc
|:ABcd efga|gfed cBAG|:dcBA GFED|D8:|
```

An end without a start is right: it repeats from the section's beginning. (`::` has a rule of its own.)

**Repair**: none; where the repeat should end, the music says.
"""

from __future__ import annotations

from collections.abc import Iterator

from tuneloom.grammar.rules.basis.repeats import unclosed_repeats
from tuneloom.grammar.rules.basis.rule import Rule, RuleContext, Violation

__all__ = ["RULE"]


def _repeats_without_end(context: RuleContext) -> Iterator[Violation]:
    for sign, before in unclosed_repeats(context):
        if not sign.ends:
            yield Violation(sign.span, f"the repeat that starts here does not end before {before}")


RULE = Rule(
    code="unclosed-repeat",
    level="sound",
    check=_repeats_without_end,
    help="end it with `:|`, or start it with a plain bar line",
    doc=__doc__ or "",
)
