"""A blank inside a chord.

The notes of a chord are written between `[` and `]` without blanks (4.17).

```abc
[ C E G ]2 [ce ]2|
```

**Repair**, safe: `tuneloom format` writes the chord without them.

```abc
[CEG]2 [ce]2|
```
"""

from __future__ import annotations

from collections.abc import Iterator

from tuneloom.grammar.parsing.nodes import Tree
from tuneloom.grammar.rules.basis.rule import Rule, RuleContext, Violation

__all__ = ["RULE"]


def _blanks_in_chords(context: RuleContext) -> Iterator[Violation]:
    for line in context.parsed.tree.children:
        for child in line.children if isinstance(line, Tree) else ():
            if isinstance(child, Tree) and child.data == "chord":
                blanks = [
                    t for t in child.children if not isinstance(t, Tree) and t.type == "SPACE"
                ]
                if blanks:
                    start = blanks[0].start
                    span = context.span(start, start + len(blanks[0]))
                    yield Violation(span, "a blank inside a chord")


RULE = Rule(
    code="chord-blank",
    signs="[",
    level="strict",
    check=_blanks_in_chords,
    help="write the notes of a chord without blanks: `[CEG]`",
    doc=__doc__ or "",
)
