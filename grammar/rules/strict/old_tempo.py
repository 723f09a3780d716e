"""A tempo without a beat, as was usual before 2.1.

`Q:120` and `Q:C=120` count unit note lengths, `Q:C3=40` several of them (10.1). Players disagree: of `Q:120`
abc2midi plays quarter notes, abcjs the note of the metre's lower number; a tempo should name its beat.

```abc
M:4/4
L:1/8
Q:120
K:D
```

**Repair**, safe where abc2midi and abcjs count the same note, which is written out. Elsewhere, unsafe:
unit note lengths.

```abc
M:4/4
L:1/8
Q:1/4=120
K:D
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tuneloom.grammar.rules.basis.rule import Rule, RuleContext, Violation

__all__ = ["RULE"]


_BEAT = re.compile(r"(?<![A-Ga-g\d])\d+/\d+\s*=")
_WORDS = re.compile(r'"[^"]*"')


def _tempos_without_beat(context: RuleContext) -> Iterator[Violation]:
    for token in context.tokens:
        is_inline = token.startswith("[Q:")
        if token.type == "TEMPO_FIELD" or is_inline:
            value = token.strip("[]\n")[2:].strip()
            count = _WORDS.sub("", value)
            if count.strip() and not _BEAT.search(count):
                start = token.start
                span = context.span(start, start + len(token.rstrip()))
                yield Violation(span, f"the tempo {value} does not name its beat")


RULE = Rule(
    code="old-tempo",
    signs="Q",
    level="strict",
    check=_tempos_without_beat,
    help="write the beat and how many there are in a minute: `Q:1/4=120`",
    doc=__doc__ or "",
)
