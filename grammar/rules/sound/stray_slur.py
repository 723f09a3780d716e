"""The end of a slur that was never opened.

A slur begins with `(` before its first note and ends with `)` after its last one (4.11).

```abc
cde) f2|g4|]
```

A tuplet such as `(3abc` ends by itself, after its last note. A bracket there, as in `(3abc)`, closes a slur
that is not open.

**Repair**: none; only the music says where the slur should begin.
"""

from __future__ import annotations

from collections.abc import Iterator

from tuneloom.grammar.rules.basis.rule import Rule, RuleContext, Violation
from tuneloom.grammar.rules.basis.slurs import stray_slur_ends
from tuneloom.grammar.tune.elements import Tuplet, is_timed

__all__ = ["RULE"]


_TUPLET_HELP = "remove the `)`: the tuplet before it ends by itself"


def _stray_slur_ends(context: RuleContext) -> Iterator[Violation]:
    stray = stray_slur_ends(context)
    ends = list(_tuplet_ends(context)) if stray else []
    for offset in stray:
        help_ = _TUPLET_HELP if any(offset in end for end in ends) else ""
        place = context.span(offset, offset + 1)
        yield Violation(place, "a slur ends here that never began", help_)


def _tuplet_ends(context: RuleContext) -> Iterator[range]:
    """For each tuplet the offsets from its last note to the note after it."""
    for bar in (bar for voice in context.tune.voices for bar in voice.bars):
        for index, element in enumerate(bar.elements):
            if isinstance(element, Tuplet):
                timed = [i for i in range(index, len(bar.elements)) if is_timed(bar.elements[i])]
                after = [*(bar.starts[i] for i in timed), bar.starts[-1] + 1]
                if len(timed) >= element.r:
                    yield range(after[element.r - 1], after[element.r])


RULE = Rule(
    code="stray-slur",
    signs="()",
    level="sound",
    check=_stray_slur_ends,
    aspect="slurs",
    help="open it with `(` before its first note, or remove the `)`",
    doc=__doc__ or "",
)
