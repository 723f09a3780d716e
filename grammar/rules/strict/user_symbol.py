"""A U: field that gives a meaning to no letter.

U: gives one of the letters H-W and h-w, or `~`, a meaning: a decoration between `!`, or a text between quotes
(4.16). The letters of notes and rests are taken. A field that says anything else is ignored.

```abc
U:A=!trill!
A4B4|
```

**Repair**: none; only the music says which letter was meant.
"""

from __future__ import annotations

from collections.abc import Iterator

from tuneloom.grammar.rules.basis.rule import Rule, RuleContext, Violation
from tuneloom.grammar.source.substitutions import defines_user_symbol

__all__ = ["RULE"]


def _meaningless_symbols(context: RuleContext) -> Iterator[Violation]:
    if "U:" not in context.text and "U :" not in context.text:
        return
    for token in context.tokens:
        line = token.strip("[]\n")
        if token.type in _FIELDS and line.startswith("U:") and not defines_user_symbol(line):
            start = token.start + token.index("U")
            yield Violation(context.span(start, start + len(line.rstrip())), _symbol_fault(line))


def _symbol_fault(line: str) -> str:
    letter = line[2:].partition("=")[0].strip()
    if "=" in line and len(letter) == 1:
        return f"`{letter}` cannot be given a meaning"
    return "this U: field gives no letter a meaning"


_FIELDS = frozenset({"TEXT_FIELD", "BODY_TEXT_FIELD", "INLINE_FIELD"})

RULE = Rule(
    code="user-symbol",
    level="strict",
    check=_meaningless_symbols,
    help="give a meaning to H-W, h-w or `~`, as in `U:W=!trill!`",
    doc=__doc__ or "",
)
