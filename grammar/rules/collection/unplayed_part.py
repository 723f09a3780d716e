"""A part that the order of parts leaves out.

P: in the header says in which order the parts are played, and P: in the body where each begins (3.1.9). A
part that the order does not name is never heard; most often it was added after the order was written.

```abc
P:AAB
K:G
P:A
G8|
P:B
B8|
P:C
c8|
```

**Repair**: none; only the player knows where the part belongs.
"""

from __future__ import annotations

from collections.abc import Iterator

from tuneloom.grammar.rules.basis.rule import Rule, RuleContext, Violation
from tuneloom.grammar.tune.elements import Bar, Field

__all__ = ["RULE"]


def _parts_left_out(context: RuleContext) -> Iterator[Violation]:
    order = context.tune.field("P")
    if len(order) < 2:
        return
    # Imported here: few tunes have an order of parts.
    from tuneloom.grammar.performance.part_order import expand_order

    parts = list(_part_starts_in_body(context))
    played = expand_order(order, {label for label, _, _ in parts})
    if not played.labels or not played.complete:
        return
    told: set[str] = set(played.labels)
    for label, bar, index in parts:
        if label and label not in told:
            told.add(label)
            message = f"part {label} is never played: the order of parts is {order}"
            yield Violation(context.element_span(bar, index), message)


def _part_starts_in_body(context: RuleContext) -> Iterator[tuple[str, Bar, int]]:
    """The label of each part, and where its P: is."""
    from tuneloom.grammar.performance.play_signs import part_label

    for voice in context.tune.voices:
        for bar in voice.bars:
            for index, element in enumerate(bar.elements):
                if isinstance(element, Field) and element.letter == "P" and element.value:
                    yield part_label(element.value), bar, index


RULE = Rule(
    code="unplayed-part",
    level="collection",
    check=_parts_left_out,
    aspect="fields",
    severity="warning",
    help="name it in the P: of the header, as in `P:AABC`",
    doc=__doc__ or "",
)
