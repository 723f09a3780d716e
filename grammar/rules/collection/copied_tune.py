"""A tune with the same music as one before it in the file.

Whoever gathers tunes from several places has some of them twice, often under two names. M:, L:, K: and the
music must be the same to the letter; other fields, comments, line ends and blanks may differ. `tuneloom
duplicates` also finds those in other keys and spellings, and in other files.

```abc
X:1
T:The Kesh
M:6/8
K:G
G3 GAB|A3 ABd|

X:2
T:The Kincora
M:6/8
K:G
G3 GAB|A3 ABd|
```

**Repair**: none; only the keeper knows which to keep.
"""

from __future__ import annotations

from collections.abc import Iterator

from tuneloom.grammar.diagnostics.diagnostic import Span
from tuneloom.grammar.rules.basis.rule import Rule, RuleContext, Violation
from tuneloom.grammar.source.written_music import written_music

__all__ = ["RULE"]


def _copied_tunes(context: RuleContext) -> Iterator[Violation]:
    if not context.music_before:
        return
    music = written_music(context.text)
    line = context.music_before.get(music) if music else None
    if line is not None:
        place = Span(context.line, 1, context.line, len(context.lines[0].rstrip()) + 1)
        yield Violation(place, f"the tune at line {line} has the same music")


RULE = Rule(
    code="copied-tune",
    level="collection",
    check=_copied_tunes,
    severity="warning",
    help="keep one of them; a second T: gives a tune another name",
    doc=__doc__ or "",
)
