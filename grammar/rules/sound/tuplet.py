"""A tuplet that lacks notes, or whose notes do not add up.

`(3` plays the next three notes in the time of two (4.13). If a bar line or the end of the tune comes before
the third, one is missing. If they do not fill a whole number of the parts into which the tuplet divides its
time, the number is wrong or the tuplet includes a note that does not belong to it.

```abc
(3AB|c2 (3AB c2|
```

**Repair**: none; only the ear can tell which note is missing.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tuneloom.grammar.rules.basis.rule import Rule, RuleContext, Violation
from tuneloom.grammar.tune.elements import Bar, Chord, Note, Rest, Tuplet

__all__ = ["RULE"]


def _faulty_tuplets(context: RuleContext) -> Iterator[Violation]:
    for voice in context.tune.voices:
        for bar in voice.bars:
            yield from _in_bar(context, bar)


def _in_bar(context: RuleContext, bar: Bar) -> Iterator[Violation]:
    for index, element in enumerate(bar.elements):
        if isinstance(element, Tuplet):
            fault = _tuplet_fault(element, _note_durations(bar, index + 1, element.r))
            if fault:
                yield Violation(context.element_span(bar, index), fault)


def _note_durations(bar: Bar, start: int, most: int) -> list[Fraction]:
    """How long the notes of the tuplet sound that the bar has, up to the next tuplet."""
    times: list[Fraction] = []
    for index in range(start, len(bar.elements)):  # a slice would copy all that follows
        element = bar.elements[index]
        if isinstance(element, Tuplet) or len(times) == most:
            break
        if isinstance(element, Note | Chord | Rest):
            times.append(element.duration)
    return times


def _tuplet_fault(tuplet: Tuplet, times: list[Fraction]) -> str | None:
    if len(times) < tuplet.r:
        return f"this tuplet asks for {tuplet.r} notes, and has {len(times)}"
    if _has_odd_part(sum(times, Fraction(0)), tuplet):
        return f"the {tuplet.r} notes of this tuplet do not add up: one may be missing or too many"
    return None


def _has_odd_part(total: Fraction, tuplet: Tuplet) -> bool:
    """Whether a part of `p` is left over in the time: p notes take the time of q, in whole numbers."""
    odd = tuplet.p
    while odd % 2 == 0:
        odd //= 2
    return odd > 1 and total.denominator % odd == 0


RULE = Rule(
    code="tuplet",
    signs="(",
    level="sound",
    check=_faulty_tuplets,
    aspect="notes",
    help="count its notes; `(p:q:r` puts the next r notes in the time of q instead of p",
    doc=__doc__ or "",
)
