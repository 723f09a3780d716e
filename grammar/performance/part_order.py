"""The order of parts that P: gives in a header, such as `A(BC)2.D` (3.1.9)."""

from __future__ import annotations

import re
from collections.abc import Container

from msgspec import Struct

__all__ = ["MAX_PARTS_PLAYED", "PartSequence", "expand_order"]

MAX_PARTS_PLAYED = 10_000
"""How many parts an order may come to."""

MAX_BRACKETS = 16
"""How deeply the brackets of an order may be nested."""

_TOKEN = re.compile(r"([A-Z]|\(|\))([0-9]*)")
_ORDER = re.compile(r"[A-Z(](?:[A-Z().\s]|[0-9])*")


class PartSequence(Struct, frozen=True):
    """Labels in the order in which they are played; `complete` unless the limits cut it short."""

    labels: tuple[str, ...]
    complete: bool = True


def expand_order(value: str, parts: Container[str]) -> PartSequence:
    """Write an order out, without the labels that `parts` lacks.

    A value of one letter names a part rather than ordering any, and a value that is no order, or whose
    brackets do not match, gives no labels.
    """
    if len(value) < 2 or not _ORDER.fullmatch(value):
        return PartSequence(())
    levels: list[list[str]] = [[]]
    complete = True
    for sign, digits in _TOKEN.findall(value):
        if sign == "(":
            levels.append([])
            if len(levels) > MAX_BRACKETS:
                return PartSequence((), complete=False)
            continue
        played: list[str] = [sign] if sign in parts else []
        if sign == ")":
            played = levels.pop()
            if not levels:
                return PartSequence(())
        room = MAX_PARTS_PLAYED - sum(map(len, levels))
        count = int(digits[:6] or 1)
        if len(played) * count > room:
            complete = False
            count = min(count, room // len(played) + 1)
        levels[-1].extend((played * count)[:room])
    return PartSequence(tuple(levels[0]) if len(levels) == 1 else (), complete)
