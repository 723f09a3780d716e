"""A bar that is longer or shorter than its metre asks for.

A bar of 6/8 lasts six eighths. One that does not has a wrong length, a note too many or too few, or lacks
its bar line. It trips up whoever plays from it, and whatever learns from it.

```abc
M:6/8
L:1/8
dff cee|def gf|dff cee|
```

A shorter bar is right where a section begins or ends: at the ends of the tune, at repeats, double bars and
voltas (4.8, 4.9). A tune may begin with a pickup of any length. A section may begin with a pickup of at most
half a bar, or of what the last bar of some section lacks. It may end in a bar that leaves room for a pickup:
at most half a bar, or the length of some pickup of the tune. A bar that is too long is never right. Where M:
changes, each bar is judged by the metre in force; where it is `none` or missing, bars have no length. Where
most bars under an M: last something else, they are not listed one by one: see `wrong-meter`.

**Repair**: none; only the ear can tell which note is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tuneloom.grammar.rules.basis.rule import Rule, RuleContext, Violation
from tuneloom.grammar.rules.basis.timed_bars import TimedBar
from tuneloom.grammar.rules.metrical.wrong_bars import other_meters, wrong_bars
from tuneloom.grammar.tune.elements import is_timed

__all__ = ["RULE"]


def _bars_out_of_metre(context: RuleContext) -> Iterator[Violation]:
    wrong = [bar for bars in context.timed_voices for bar in wrong_bars(bars)]
    other = other_meters(context.timed_voices) if wrong else {}
    for bar in wrong:
        if bar.meter_start not in other:
            yield _violation(context, bar)


def _violation(context: RuleContext, timed: TimedBar) -> Violation:
    bar = timed.bar
    first = next(index for index, element in enumerate(bar.elements) if is_timed(element))
    end = bar.starts[-1] if bar.line else bar.starts[-1] + 1
    lasts, asked = _in_beats(timed.duration, timed.meter), _in_beats(timed.length, timed.meter)
    message = f"this bar lasts {lasts}, and M:{timed.meter} asks for {asked}"
    return Violation(context.span(bar.starts[first], end), message)


def _in_beats(time: Fraction, meter: str) -> str:
    """A time in the unit of the metre, such as 4/8 in 6/8, if it is a whole number of them."""
    _, _, unit = "".join(meter.split()).partition("/")
    beats = time * int(unit or 4)
    return f"{beats}/{unit or 4}" if beats.denominator == 1 else str(time)


RULE = Rule(
    code="bar-length",
    level="metrical",
    check=_bars_out_of_metre,
    help="look for a wrong length, a note too many or too few, or a bar line that is missing",
    doc=__doc__ or "",
)
