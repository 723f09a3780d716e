"""What the value of every figure can do, so that tables, JSON and comparisons need not know its kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

__all__ = ["Estimate", "FigureValue"]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with the ends of its 95% interval, all in the unit of the figure."""

    value: float
    low: float
    high: float


class FigureValue(Protocol):
    """A measured value: `Rate`, `Quantiles`, `DistributionDistance`, or one of your own."""

    def to_json(self) -> object:
        """The value as `json.dumps` takes it."""

    def to_text(self, digits: int) -> str | None:
        """The value as a cell of a table, its numbers with so many decimals; None if there is nothing."""

    @property
    def estimate(self) -> Estimate | None:
        """The value as it is compared with others; None if it has no interval."""
