"""A metre that most bars do not have.

Where more than half of the bars under an M: field last one and the same other time, it is the field that is
wrong, or L: is. Where more than half, and at least four, last now this and now that, the metre changes and
nothing says so. There is one finding for it, at the M: field, and `bar-length` does not list its bars.

```abc
M:3/4
L:1/8
dfff cAAA|dfgf edcB|dfff cAAA|dBdf e2d2|]
```

Pickups, and the bars at the ends of sections that leave room for one, do not count.

**Repair**, safe: the metre of the header that all bars have, at least four of them in full, if no other can
be meant. Six eighths may be 3/4 or 6/8, which only the ear can tell, and where bars last twice or half as
long as M: says, L: may be wrong.

```abc
M:4/4
L:1/8
dfff cAAA|dfgf edcB|dfff cAAA|dBdf e2d2|]
```
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from fractions import Fraction

from tuneloom.grammar.bars.wrong_bars import OtherMeter, other_meters
from tuneloom.grammar.diagnostics.diagnostic import Span
from tuneloom.grammar.rules.basis.rule import Rule, RuleContext, Violation

__all__ = ["RULE"]

_NOTE_VALUES = {Fraction(2): "an L: half as long", Fraction(1, 2): "an L: twice as long"}


def _other_meters(context: RuleContext) -> Iterator[Violation]:
    for start, other in other_meters(context.parsed.bars.voices).items():
        yield Violation(_place(context, start), _describe_bars(other), _advise(other))


def _describe_bars(other: OtherMeter) -> str:
    asked = "".join(other.example.meter.split())
    if other.duration is None:
        return f"{other.wrong} of {other.counted} bars do not last what M: says, {asked}"
    return f"most bars last {_as_meter(other.duration, asked)}, and M: says {asked}"


def _advise(other: OtherMeter) -> str:
    """What might be wrong instead of the metre that the bars have, which is the help of the rule."""
    if other.duration is None:
        return "name each metre where it begins, as in `[M:3/4]`, or write `M:none`"
    times = other.duration / other.example.length
    if times in _NOTE_VALUES:
        return f"write the metre that the bars have, or {_NOTE_VALUES[times]}"
    return ""


def _place(context: RuleContext, start: int | None) -> Span:
    """The M: field; of those of the header the last holds."""
    if start is None:
        found = [token for token in context.header_tokens if token.type == "METER_FIELD"][-1]
    else:
        tokens = context.tokens
        found = tokens[bisect_left(tokens, start, key=lambda token: token.start)]
    return context.span(found.start, found.start + len(found.rstrip("\n")))


def _as_meter(time: Fraction, asked: str) -> str:
    """A time as the metre of a bar that lasts it, such as 4/4 or 7/8: in halves only if M: is in halves."""
    unit = max(2 if asked.endswith("/2") else 4, time.denominator)
    return f"{time * unit}/{unit}"


RULE = Rule(
    code="wrong-meter",
    level="metrical",
    check=_other_meters,
    aspect="bars",
    help="write the metre that the bars have",
    doc=__doc__ or "",
)
