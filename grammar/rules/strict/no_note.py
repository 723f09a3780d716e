"""A tune without a note.

The standard allows a header without music (2.2), and the body may hold nothing but rests. In a collection
that is mostly a tune that was never typed in, or one that an empty line cut off. `tuneloom ingest` rejects
such a tune with the same code, and `tuneloom score` reports it of a generated one.

```abc
X:1
T:To be written
K:D
```

**Repair**: none; only the source has the music.
"""

from __future__ import annotations

from collections.abc import Iterator

from tuneloom.grammar.rules.basis.rule import Rule, RuleContext, Violation
from tuneloom.grammar.tune.elements import Chord, Note

__all__ = ["RULE"]


def _silence(context: RuleContext) -> Iterator[Violation]:
    bars = (bar for voice in context.tune.voices for bar in voice.bars)
    if not any(isinstance(element, Note | Chord) for bar in bars for element in bar.elements):
        yield Violation(context.span(0, 2), "the tune has no note")


RULE = Rule(
    code="no-note",
    level="strict",
    severity="warning",
    check=_silence,
    aspect="notes",
    help="write the music, remove an empty line between header and music, or remove the header",
    doc=__doc__ or "",
)
