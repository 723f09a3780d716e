"""An empty line between the header of a tune and its music.

An empty line ends a tune (2.2.1), so other programs find a tune without music there, and music without a
tune. Where nothing but bars of notes comes after it, it is read as part of the tune.

```abc
X:1
T:One
K:D

ABcd|
```

**Repair**: none by `tuneloom format`; ingestion reads the tune as one. Remove the line, or write `%` on it.
"""

from __future__ import annotations

from collections.abc import Iterator

from tuneloom.grammar.diagnostics.diagnostic import Span
from tuneloom.grammar.rules.basis.rule import Rule, RuleContext, Violation
from tuneloom.grammar.source.segments import key_line

__all__ = ["RULE"]


def _empty_lines_after_header(context: RuleContext) -> Iterator[Violation]:
    if context.rejoined:
        line = context.line + key_line(context.lines) + 1
        place = Span(line, 1, line, 1)
        yield Violation(place, "this empty line separates the header from the music")


RULE = Rule(
    code="split-tune",
    level="strict",
    check=_empty_lines_after_header,
    help="remove it, or write `%` on it",
    doc=__doc__ or "",
)
