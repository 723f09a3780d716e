"""A bar that is longer or shorter than its metre asks for.

A bar of 6/8 lasts six eighths. One that does not has a wrong length, a note too many or too few, or lacks
its bar line. It trips up whoever plays from it, and whatever learns from it.

```abc
M:6/8
L:1/8
dff cee|def gf|dff cee|
```

A shorter bar is right where a section begins or ends: at the ends of the tune, at repeats, double bars and
voltas (4.8, 4.9); and, if the bars on both sides make up a whole one, where a part, a title or a key begins,
and between a bar line that ends a line and one that begins the next. A tune may begin with a pickup of any
length. A section may begin with a pickup of at most half a bar, or of what the last bar of some section
lacks. It may end in a bar that leaves room for a pickup: at most half a bar, or the length of some pickup of
the tune. A bar that is too long is never right.

Where M: changes, each bar is judged by the metre in force; where it is `none` or missing, bars have no
length. A bar that a bar line divides is one finding. Where most bars under an M: last something else, they
are not listed one by one: see `wrong-meter`. A bar that divides into full ones is not listed either: see
`missing-bar-line`.

**Repair**: none; only the ear can tell which note is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from tuneloom.grammar.bars.timed_bars import TimedBar, are_one
from tuneloom.grammar.bars.wrong_bars import other_meters, wrong_bars
from tuneloom.grammar.rules.basis.rule import Rule, RuleContext, Violation
from tuneloom.grammar.tune.elements import Bar, MultiRest, is_timed

__all__ = ["RULE"]

_MULTI_REST_HELP = "write a rest within a bar as `z`: `Z` rests whole bars"


def _bars_out_of_metre(context: RuleContext) -> Iterator[Violation]:
    voices = context.parsed.bars.voices
    wrong = [wrong_bars(bars) for bars in voices]
    other = other_meters(voices) if any(wrong) else {}
    for bars, found in zip(voices, wrong, strict=True):
        following = {id(bar): after for bar, after in pairwise(bars)} if found else {}
        second: TimedBar | None = None  # of two that were found together
        for bar in found:
            if bar is second or bar.meter_start in other:
                continue
            second = _other_half(bar, following.get(id(bar)))
            yield _divided_bar(context, bar, second) if second else _wrong_bar(context, bar)


def _other_half(bar: TimedBar, following: TimedBar | None) -> TimedBar | None:
    """The bar after a short one, if both together are one whole bar."""
    return following if following and are_one(bar, following) else None


def _wrong_bar(context: RuleContext, timed: TimedBar) -> Violation:
    place = context.span(*_stretch(timed))
    help_ = _MULTI_REST_HELP if _has_rest_of_bars(timed.bar) else ""
    return Violation(place, f"this bar lasts {_lasts(timed)}, and {_asks(timed)}", help_)


def _has_rest_of_bars(bar: Bar) -> bool:
    """Whether a bar has `Z` among its notes."""
    return any(isinstance(element, MultiRest) for element in bar.elements)


def _divided_bar(context: RuleContext, timed: TimedBar, other: TimedBar) -> Violation:
    message = f"these two bars last {_lasts(timed)} and {_lasts(other)}, and {_asks(timed)}"
    place = context.span(_stretch(timed)[0], _stretch(other)[1])
    return Violation(place, message, "remove the bar line between them, which divides one bar")


def _stretch(timed: TimedBar) -> tuple[int, int]:
    """The music of a bar in the resolved text, from its first note or rest to its bar line."""
    bar = timed.bar
    first = next(index for index, element in enumerate(bar.elements) if is_timed(element))
    return bar.starts[first], bar.starts[-1] if bar.line else bar.starts[-1] + 1


def _lasts(timed: TimedBar) -> str:
    return _in_beats(timed.duration, timed.meter)


def _asks(timed: TimedBar) -> str:
    return f"M:{timed.meter} asks for {_in_beats(timed.length, timed.meter)}"


def _in_beats(time: Fraction, meter: str) -> str:
    """A time in the unit of the metre, such as 4/8 in 6/8, if it is a whole number of them."""
    _, _, unit = "".join(meter.split()).partition("/")
    beats = time * int(unit or 4)
    return f"{beats}/{unit or 4}" if beats.denominator == 1 else str(time)


RULE = Rule(
    code="bar-length",
    level="metrical",
    check=_bars_out_of_metre,
    aspect="bars",
    help="look for a wrong length, a note too many or too few, or a bar line that is missing",
    doc=__doc__ or "",
)
