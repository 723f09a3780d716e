"""A repeat that ends, and that programs open in different places.

A `:|` goes back to the `|:` before it. Without one, it goes back to the beginning of the tune, or to the end
of the repeat before it (4.8). After a section that is not repeated, some programs go back to the double bar
line at its end and others further, and so they do after a last ending whose end is not marked.

```abc
ABcd efga|gfed cBAG||dcBA GFED|D8:|
```

**Repair**: none; only the music says where the repeat should begin.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from tuneloom.grammar.rules.basis.rule import Rule, RuleContext, Violation
from tuneloom.grammar.tune.elements import Voice

if TYPE_CHECKING:
    from tuneloom.grammar.performance.play_signs import PlaySigns
    from tuneloom.grammar.performance.playing_order import RepeatedSection

__all__ = ["RULE"]


def _unopened_repeats(context: RuleContext) -> Iterator[Violation]:
    if ":|" not in context.text and "::" not in context.text:
        return
    # Imported here: tunes without repeats do not need it.
    from tuneloom.grammar.rules.basis.sections import sections_of_voices

    found = context.shared(sections_of_voices)
    for voice, (signs, sections) in zip(context.tune.voices, found, strict=True):
        yield from _unopened_in_voice(context, voice, signs, sections)


def _unopened_in_voice(
    context: RuleContext,
    voice: Voice,
    signs: Sequence[PlaySigns],
    sections: Sequence[RepeatedSection],
) -> Iterator[Violation]:
    for before, section in pairwise(sections):
        first = signs[section.start]
        end = next((sign for sign in signs[section.start : section.end] if sign.ends), None)
        if end is None or first.starts or first.part:
            continue
        if doubt := _doubt(signs[section.start - 1], before):
            bar = voice.bars[end.bar]
            assert bar.line is not None, "the bar line ends a repeat"
            start = bar.starts[-1]
            yield Violation(
                context.span(start, start + len(bar.line.text)),
                f"this repeat is opened nowhere: it may go back to {doubt} or further",
            )


def _doubt(last: PlaySigns, before: RepeatedSection) -> str:
    """Where a section begins that has no `|:`, if the section before it leaves that in doubt."""
    if last.ends:
        return ""
    if not last.closes:
        return "the last ending before"
    return "the double bar line before" if before.passes == (1,) else ""


RULE = Rule(
    code="unopened-repeat",
    level="collection",
    check=_unopened_repeats,
    aspect="repeats",
    severity="warning",
    help="write `|:` where it begins",
    doc=__doc__ or "",
)
