"""Voices with different numbers of bars.

The voices of a score are played and engraved bar by bar together (7). If one has a bar less, a bar or its bar
line was forgotten, and all that follows is out of step. Voices that last equally long, or whose bars are
divided differently at a repeat, are no fault.

```abc
V:1
GABc|d4|]
V:2
GABc|]
```

**Repair**: none; only the music says what is missing, and where.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from tuneloom.grammar.rules.basis.rule import Rule, RuleContext, Violation
from tuneloom.grammar.tune.elements import (
    Bar,
    Chord,
    Element,
    MultiRest,
    Note,
    Rest,
    Voice,
    is_timed,
)

__all__ = ["RULE"]


def _uneven_voices(context: RuleContext) -> Iterator[Violation]:
    if len(context.tune.voices) < 2:
        return
    voices = [voice for voice in context.tune.voices if _bar_count(voice)]
    if len(voices) < 2:
        return
    counts = [_bar_count(voice) for voice in voices]
    usual = Counter(counts).most_common(1)[0][0]
    usual_voice = voices[counts.index(usual)]
    for voice, count in zip(voices, counts, strict=True):
        if count != usual and _voice_duration(voice) != _voice_duration(usual_voice):
            bar = next(bar for bar in reversed(voice.bars) if any(map(is_timed, bar.elements)))
            yield Violation(
                context.element_span(bar, len(bar.elements) - 1),
                f"voice {voice.id} ends after {_counted_bars(count)}, and voice {usual_voice.id} has "
                f"{usual:,}",
            )


def _bar_count(voice: Voice) -> int:
    """How many bars take time; `Z4` is four of them."""
    return sum(map(_bars_in, voice.bars))


def _bars_in(bar: Bar) -> int:
    rests = sum(e.bars for e in bar.elements if isinstance(e, MultiRest))
    return rests or int(any(map(is_timed, bar.elements)))


def _voice_duration(voice: Voice) -> Fraction | None:
    """How long a voice lasts; None with rests of whole bars, whose metre may change."""
    elements = [e for layer in voice.layers()[:1] for bar in layer.bars for e in bar.elements]
    if any(isinstance(e, MultiRest) for e in elements):
        return None
    return sum(map(_time_of, elements), Fraction(0))


def _time_of(element: Element) -> Fraction:
    return element.duration if isinstance(element, Note | Chord | Rest) else Fraction(0)


def _counted_bars(count: int) -> str:
    return f"{count:,} {'bar' if count == 1 else 'bars'}"


RULE = Rule(
    code="voice-bars",
    level="collection",
    check=_uneven_voices,
    aspect="fields",
    severity="warning",
    help="look for a bar or a bar line that is missing in one of them; a pause is written `Z4`",
    doc=__doc__ or "",
)
