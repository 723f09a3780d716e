"""A share of items that come in clusters, such as the bars of tunes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

from tuneloom.model.score.statistics.figure_value import Estimate
from tuneloom.model.score.statistics.interval import clustered_interval

__all__ = ["ClusteredRate"]


@dataclass(frozen=True, slots=True)
class ClusteredRate:
    """`counts` of `totals` items of each tune that has any. The interval allows for their likeness."""

    counts: tuple[int, ...]
    totals: tuple[int, ...]

    @classmethod
    def of(cls, pairs: Iterable[tuple[int, int]]) -> Self:
        """From a count and a total for each tune; those without items are left out."""
        kept = [pair for pair in pairs if pair[1]]
        return cls(tuple(count for count, _ in kept), tuple(total for _, total in kept))

    @property
    def estimate(self) -> Estimate | None:
        """In percent."""
        if not self.totals:
            return None
        low, high = clustered_interval(self.counts, self.totals)
        share = sum(self.counts) / sum(self.totals)
        return Estimate(100 * share, 100 * low, 100 * high)

    def to_text(self, digits: int) -> str | None:
        estimate, total = self.estimate, sum(self.totals)
        return f"{estimate.value:.{digits}f}% of {total:,}" if estimate else None

    def to_json(self) -> dict[str, Any]:
        estimate = self.estimate
        return {
            "count": sum(self.counts),
            "total": sum(self.totals),
            "percent": estimate and round(estimate.value, 2),
            "ci95": estimate and [round(estimate.low, 2), round(estimate.high, 2)],
        }
