"""A unit note length that is no whole, half, quarter … of a note.

ABC 2.1 (3.1.7) has `L:1` and its halves: 1/2, 1/4, 1/8, down to 1/512. With another unit, such as `L:8` or
`L:1/7`, the notes last what no one would write down, so the field is most likely a slip. What is played
is plain, so this is a warning.

```abc
L:8
ABcd efga|
```

**Repair**: none; only the music says whether 1/8, 1/4 or 1/16 was meant.
"""

from __future__ import annotations

from collections.abc import Iterator

from tuneloom.grammar.rules.basis.rule import Rule, RuleContext, Violation
from tuneloom.grammar.tune.durations import UNIT_LENGTHS, parse_unit

__all__ = ["RULE"]


def _odd_units(context: RuleContext) -> Iterator[Violation]:
    for token in context.tokens:
        is_inline = token.startswith("[L:")
        if token.type == "UNIT_NOTE_LENGTH_FIELD" or is_inline:
            field = token.strip("[]\n").rstrip()
            value = field[2:].strip()
            if value and parse_unit(value) not in UNIT_LENGTHS:
                start = token.start + is_inline
                message = f"the unit note length is {value}, which is not 1, 1/2, 1/4, 1/8 or so on"
                yield Violation(context.span(start, start + len(field)), message)


RULE = Rule(
    code="unit-length",
    level="sound",
    severity="warning",
    check=_odd_units,
    aspect="bars",
    help="write `L:1/8`, or another of 1, 1/2, 1/4 … 1/512",
    doc=__doc__ or "",
)
