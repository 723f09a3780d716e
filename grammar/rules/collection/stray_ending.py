"""An ending apart from the repeat that it ends.

The endings of a repeat follow one another (4.9, 4.10). If a `|:` or a part begins between the first and the
second, the second is the ending of another repeat, which has no first: it is played straight on.

```abc
|:GABc dedB|1 c2ec B2dB:|
|:GABc dedB|2 c2BA G4|]
```

**Repair**: none; most often what comes between the two is the same music once more, and can go.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tuneloom.grammar.rules.basis.rule import Rule, RuleContext, Violation
from tuneloom.grammar.tune.elements import Voice

if TYPE_CHECKING:
    from tuneloom.grammar.performance.play_signs import PlaySigns

__all__ = ["RULE"]


def _stray_endings(context: RuleContext) -> Iterator[Violation]:
    if not any(bar.line and bar.line.volta for voice in context.tune.voices for bar in voice.bars):
        return
    # Imported here: most tunes have no endings.
    from tuneloom.grammar.rules.basis.sections import sections_of_voices

    found = context.shared(sections_of_voices)
    for voice, (signs, sections) in zip(context.tune.voices, found, strict=True):
        seen = False
        for section in sections:
            endings = [sign for sign in signs[section.start : section.end] if sign.endings]
            if endings and seen and 1 not in endings[0].endings:
                yield _apart_from_repeat(context, voice, endings[0])
            seen = seen or bool(endings)


def _apart_from_repeat(context: RuleContext, voice: Voice, sign: PlaySigns) -> Violation:
    """At the bar line with the number, the last before the bar that has one."""
    bar = next(bar for bar in voice.bars[sign.bar - 1 :: -1] if bar.line and bar.line.volta)
    assert bar.line is not None, "the bar line has the number"
    return Violation(
        context.span(bar.starts[-1], bar.volta_start + len(bar.line.volta)),
        f"ending {min(sign.endings)} is apart from the repeat that has the first ending",
    )


RULE = Rule(
    code="stray-ending",
    level="collection",
    check=_stray_endings,
    aspect="repeats",
    severity="warning",
    help="write the endings one after the other, as in `|1 … :|2 …`",
    doc=__doc__ or "",
)
