"""A part order that cannot be played.

P: in the header gives the order in which the parts are played: letters, each followed by how often it is
played, nested brackets, and dots for legibility (3.1.9). P: in the body marks where a part begins. An order
that names a missing part, or whose brackets do not match, cannot be followed. A single letter is no order:
many write `P:A` above K: for the name of the part that begins there.

```abc
P:A(BC)2D
K:G
P:A
G8|
P:B
B8|
```

**Repair**: none; the missing part must be named where it begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tuneloom.grammar.rules.basis.rule import Rule, RuleContext, Violation
from tuneloom.grammar.tune.elements import Field, Tune

__all__ = ["RULE"]

_ORDER = re.compile(r"[A-Z0-9(). ]+")


def _unplayable_orders(context: RuleContext) -> Iterator[Violation]:
    orders = [token for token in context.header_tokens if token.startswith("P:")]
    parts = _named_parts(context.tune) if orders else set()
    for token in orders:
        if fault := _order_fault(token[2:].strip(), parts):
            start = token.start
            yield Violation(context.span(start, start + len(token.rstrip())), fault)


def _named_parts(tune: Tune) -> set[str]:
    """The parts that the body names."""
    elements = (e for voice in tune.voices for bar in voice.bars for e in bar.elements)
    return {e.value[:1] for e in elements if isinstance(e, Field) and e.letter == "P" and e.value}


def _order_fault(order: str, parts: set[str]) -> str | None:
    """What is wrong with an order, if it is one: many a P: in a header is only a name."""
    if len(order) < 2 or not _ORDER.fullmatch(order):
        return None
    if not _brackets_match(order):
        return f"the brackets of the part order {order} do not match"
    missing = sorted(set(re.findall("[A-Z]", order)) - parts)
    if parts and missing:
        return f"the part order asks for {', '.join(missing)}, but the tune has no such part"
    return None


def _brackets_match(order: str) -> bool:
    depth = 0
    for char in order:
        depth += {"(": 1, ")": -1}.get(char, 0)
        if depth < 0:
            return False
    return depth == 0


RULE = Rule(
    code="part-order",
    signs="P",
    level="sound",
    check=_unplayable_orders,
    aspect="fields",
    help="name each part of the order in the body, as in `P:B` before its first line",
    doc=__doc__ or "",
)
