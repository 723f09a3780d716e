"""The numbers that a setting may be."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

__all__ = ["Range"]


@dataclass(frozen=True, slots=True)
class Range:
    """The numbers within some bounds, as in `units: Annotated[int, Range(at_least=1)]`.

    Infinity and numbers that are not a number are outside of every range.
    """

    at_least: float = -inf
    more_than: float = -inf
    at_most: float = inf
    less_than: float = inf

    def __contains__(self, number: float) -> bool:
        return self.at_least <= number <= self.at_most and self.more_than < number < self.less_than

    def __str__(self) -> str:
        bounds = {
            "at least": self.at_least,
            "more than": self.more_than,
            "at most": self.at_most,
            "less than": self.less_than,
        }
        return " and ".join(
            f"{words} {bound:,}" for words, bound in bounds.items() if abs(bound) != inf
        )
