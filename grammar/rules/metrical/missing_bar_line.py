"""A bar line that is missing where a bar is full.

Some collections leave out the bar line at the end of a line, so that the bars on both sides read as one that
is too long. Whoever plays from it loses the beat, and whatever learns from it learns that bars need not be
full.

```abc
M:2/4
L:1/8
A2F2|G2E2|F2D2
G2E2|FGAB|c4|]
```

A bar that is too long lacks its bar lines where it divides into full bars: at the end of a line; or between
two notes, if all other bars of the tune are right, and four of them full for each bar line that is missing.
At the beginning or the end of a section, a pickup may be left over, or what leaves room for one.

A bar is not divided in a tuplet or an overlay, where M: changes or a part begins, beside a bar that stays
wrong, where most bars do not last what M: says, or where another voice holds a note. `bar-length` finds bars
that do not divide.

**Repair**, safe in a tune without chord symbols: write the bar line. Accidentals that it would end are
written again, so that every note sounds as before. Under chord symbols, and where an accidental would have
to hold in another octave, players differ, and the repair is unsafe.

```abc
M:2/4
L:1/8
A2F2|G2E2|F2D2|
G2E2|FGAB|c4|]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from tuneloom.grammar.rules.basis.rule import Rule, RuleContext, Violation

__all__ = ["RULE"]


def _missing_bar_lines(context: RuleContext) -> Iterator[Violation]:
    for missing in context.parsed.bars.missing:
        starts = missing.bar.starts
        place = context.span(starts[missing.last_note], starts[missing.index])
        yield Violation(place, "the bar ends after this note, and its bar line is missing")


RULE = Rule(
    code="missing-bar-line",
    level="metrical",
    check=_missing_bar_lines,
    aspect="bars",
    help="write a bar line there, and again the accidentals that it ends",
    doc=__doc__ or "",
)
