"""Music or another field on the line of K:.

What follows a key on its line can be a mode, accidentals, a clef and the like (3.1.14, 4.6). Programs
overlook anything else, so a bar of music there is never heard, and a field has no effect.

```abc
K:G GABc|d4|
M:3/4
GAB|
```

**Repair**: none; give the music or the field a line of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tuneloom.grammar.rules.basis.rule import Rule, RuleContext, Violation
from tuneloom.grammar.tune.key import split_key
from tuneloom.grammar.tune.properties import split_properties

__all__ = ["RULE"]

_SUSPECT = re.compile(r"^K:.*[:|]", re.MULTILINE)
_FIELD = re.compile(r"[ \t]([CLMPQRTV]:)")


def _overlooked(context: RuleContext) -> Iterator[Violation]:
    if not _SUSPECT.search(context.resolved_text):
        return
    for token in context.tokens:
        if token.type == "KEY_FIELD" and (":" in token[2:] or "|" in token):
            begin = _overlooked_from(token.rstrip())
            if begin >= 0:
                found = token[begin:].strip()
                shown = found if len(found) <= 40 else found[:37] + "..."
                span = context.span(token.start + begin, token.start + begin + len(found))
                yield Violation(span, f"`{shown}` on the line of K: is overlooked")


def _overlooked_from(field: str) -> int:
    """Where a field or music begins in a K: field, or -1."""
    if other := _FIELD.search(field, 2):
        return other.start(1)
    rest = split_key(field[2:].strip())[2]
    words = split_properties(rest)[1]
    if words and "|" in rest and _reads_as_bars(" ".join(words)):
        return field.index(words[0], len(field) - len(rest))
    return -1


def _reads_as_bars(text: str) -> bool:
    from tuneloom.grammar.diagnostics.foreign_text import reads_as_music  # few tunes need it

    return reads_as_music(text)


RULE = Rule(
    code="key-line",
    level="strict",
    check=_overlooked,
    aspect="fields",
    help="give it a line of its own",
    doc=__doc__ or "",
)
