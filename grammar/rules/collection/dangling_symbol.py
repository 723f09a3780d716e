"""A symbol that no note follows.

Decorations, grace notes, chord symbols and annotations are written before the note, rest or bar line that
they belong to (4.12, 4.14, 4.18, 4.19). At the end of a tune they belong to nothing, and programs leave them
out without a word.

```abc
GABc d4|]
"rep. from the start"
```

Where to go on after the last bar line, `!D.C.!` or `"Fine"`, is no fault.

**Repair**: none; write it before the note that it belongs to, or as a note, `N:`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tuneloom.grammar.rules.basis.rule import Rule, RuleContext, Violation
from tuneloom.grammar.tune.elements import (
    Bar,
    Decoration,
    Element,
    GraceGroup,
    Quoted,
    is_timed,
)

__all__ = ["RULE"]

_JUMP = re.compile(r"[\^_<>@]?\W*(?:d\W*[cs]\b|da ?capo|dal|fine?\b|coda|segno)", re.IGNORECASE)


def _dangling_symbols(context: RuleContext) -> Iterator[Violation]:
    for voice in context.tune.voices:
        if voice.bars and voice.bars[-1].line is None:
            bar = voice.bars[-1]
            for index in _symbols_at_end(bar):
                span = context.element_span(bar, index)
                yield Violation(
                    span, f"no note follows this {_kind_of_symbol(bar.elements[index])}"
                )


def _symbols_at_end(bar: Bar) -> list[int]:
    """The indexes of the symbols after the last note of a bar, in order."""
    found: list[int] = []
    for index in range(len(bar.elements) - 1, -1, -1):
        element = bar.elements[index]
        if is_timed(element):
            break
        if isinstance(element, Decoration | GraceGroup | Quoted) and not _says_where_to_go(element):
            found.append(index)
    return found[::-1]


def _says_where_to_go(element: Element) -> bool:
    text = element.name if isinstance(element, Decoration) else ""
    return _JUMP.match(element.text if isinstance(element, Quoted) else text) is not None


def _kind_of_symbol(element: Element) -> str:
    if isinstance(element, Quoted):
        return "text"
    return "decoration" if isinstance(element, Decoration) else "group of grace notes"


RULE = Rule(
    code="dangling-symbol",
    level="collection",
    check=_dangling_symbols,
    aspect="notes",
    severity="warning",
    help="write it before the note that it belongs to, or as a note, `N:`",
    doc=__doc__ or "",
)
