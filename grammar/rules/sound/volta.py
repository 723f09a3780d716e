"""Endings that do not follow one another.

A repeated section may end one way the first time and another way the second: `|1 … :|2 …` (4.9, 4.10).
Where there is a first ending there is a second, and each ending but the last goes back with `:|`. An ending
may be for several times, as in `|1,3 … :|2,4`. Each begins with the first time that has no ending yet, and no
time is left without one.

```abc
|:ABcd efga|1 gfed cBAG:|
```

**Repair**: none; only the music says which ending is missing.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, field

from tuneloom.grammar.rules.basis.repeats import RepeatSign, repeat_signs
from tuneloom.grammar.rules.basis.rule import Rule, RuleContext, Violation

__all__ = ["RULE"]


def _faulty_voltas(context: RuleContext) -> Iterator[Violation]:
    for signs in context.shared(repeat_signs):
        for sign, fault in _faults(signs):
            yield Violation(context.span(sign.start, sign.end), fault)


def _faults(found: list[RepeatSign]) -> Iterator[tuple[RepeatSign, str]]:
    """The signs of a voice at which something is wrong, and what."""
    endings = _Endings()
    goes_back = False
    for sign in found:
        goes_back = goes_back or sign.ends
        if not sign.endings:
            continue
        if 1 in sign.endings:
            yield from endings.what_is_missing()
            endings = _Endings()
        elif sign.endings[0] != endings.next:
            expected = f"ending {endings.next}" if endings.last else "a first ending"
            yield sign, f"ending {sign.endings[0]}, where {expected} should come first"
            endings.next = sign.endings[0]  # what was left out is not told again
        elif endings.last and not goes_back:
            before = endings.last.endings[-1]
            yield sign, f"ending {before} does not go back with `:|`"
        endings.add(sign)
        goes_back = False
    yield from endings.what_is_missing()


class _Endings(Struct):
    """The endings of one section so far: each may be for several times (4.10).

    `next` is the first time that has no ending yet, `later` the times after it that have one.
    """

    next: int = 1
    later: set[int] = field(default_factory=set)
    last: RepeatSign | None = None

    def add(self, sign: RepeatSign) -> None:
        self.last = sign
        self.later.update(number for number in sign.endings if number >= self.next)
        while self.next in self.later:
            self.later.remove(self.next)
            self.next += 1

    def what_is_missing(self) -> Iterator[tuple[RepeatSign, str]]:
        if self.last is None:
            return
        if self.next == 2 and not self.later:
            yield self.last, "a first ending without a second"
        elif self.next > 1 and self.later:
            yield self.last, f"ending {self.next} is missing"


RULE = Rule(
    code="volta",
    level="sound",
    check=_faulty_voltas,
    aspect="repeats",
    help="write `|1 … :|2 …`: endings count up from 1, and each but the last goes back",
    doc=__doc__ or "",
)
