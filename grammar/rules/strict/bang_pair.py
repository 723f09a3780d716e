"""Two `!` that break the line of the score, with music between them.

Before 2.0 a `!` broke the line; now two of them enclose the name of a decoration (4.14). Of two in one line,
many programs take all the music between for such a name, and leave it out.

```abc
B2gedB|A4B>A|!G2G2G>B|A2A2A>c|G4:|!
```

A single `!`, which most programs still understand, is reported by the level `strict` alone (`line-end-bang`).

**Repair**: none in the middle of a line, which must be divided there.
"""

from __future__ import annotations

from collections.abc import Iterator

from tuneloom.grammar.diagnostics.diagnostic import Span
from tuneloom.grammar.rules.basis.bangs import enclosing_bangs, line_breaking_bangs
from tuneloom.grammar.rules.basis.rule import Rule, RuleContext, Violation

__all__ = ["RULE"]


def _enclosed_music(context: RuleContext) -> Iterator[Violation]:
    for number, columns in line_breaking_bangs(context):
        line = context.lines[number - context.line]
        for first, second in enclosing_bangs(line, columns):
            yield Violation(
                Span(number, first, number, second + 1),
                "programs take the music between two `!` for the name of a decoration",
            )


RULE = Rule(
    code="bang-pair",
    level="strict",
    check=_enclosed_music,
    help="begin a new line in place of each `!`",
    doc=__doc__ or "",
)
