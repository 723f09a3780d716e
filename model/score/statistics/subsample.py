"""Random samples that are the same at each call."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

__all__ = ["fixed_sample"]

_Item = TypeVar("_Item")
_SEED = 1


def fixed_sample(items: Sequence[_Item], count: int) -> list[_Item]:
    """At most `count` of the items, chosen at random but always the same, in their order."""
    chosen = random.Random(_SEED).sample(range(len(items)), min(count, len(items)))
    return [items[index] for index in sorted(chosen)]
