"""Endings that do not follow one another.

A repeated section may end one way the first time and another way the second: `|1 … :|2 …` (4.9, 4.10).
Where there is a first ending there is a second, the numbers count up from 1, and each ending but the last
goes back with `:|`.

```abc
|:ABcd efga|1 gfed cBAG:|
```

**Repair**: none; only the music says which ending is missing.
"""

from __future__ import annotations

from collections.abc import Iterator

from tuneloom.grammar.rules.basis.repeats import RepeatSign, repeat_signs
from tuneloom.grammar.rules.basis.rule import Rule, RuleContext, Violation

__all__ = ["RULE"]


def _faulty_voltas(context: RuleContext) -> Iterator[Violation]:
    for voice in context.tune.voices:
        yield from _faults(list(repeat_signs(context, voice)))


def _faults(found: list[RepeatSign]) -> Iterator[Violation]:
    last: RepeatSign | None = None  # the ending that was begun last
    goes_back = False
    for sign in found:
        goes_back = goes_back or sign.ends
        if not sign.endings:
            continue
        if 1 in sign.endings:
            if last and last.endings[-1] == 1:
                yield Violation(last.span, "a first ending without a second")
        elif last is None or sign.endings[0] != last.endings[-1] + 1:
            expected = f"ending {last.endings[-1] + 1}" if last else "a first ending"
            yield Violation(
                sign.span, f"ending {sign.endings[0]}, where {expected} should come first"
            )
        elif not goes_back:
            yield Violation(sign.span, f"ending {last.endings[-1]} does not go back with `:|`")
        last, goes_back = sign, False
    if last and last.endings[-1] == 1:
        yield Violation(last.span, "a first ending without a second")


RULE = Rule(
    code="volta",
    level="sound",
    check=_faulty_voltas,
    help="write `|1 … :|2 …`: endings count up from 1, and each but the last goes back",
    doc=__doc__ or "",
)
