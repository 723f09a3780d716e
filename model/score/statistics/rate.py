"""A share of tunes with its confidence interval."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tuneloom.model.score.statistics.figure_value import Estimate
from tuneloom.model.score.statistics.interval import wilson_interval

__all__ = ["Rate"]


@dataclass(frozen=True, slots=True)
class Rate:
    """`count` of `total` tunes. Percentages of no tunes are None."""

    count: int
    total: int

    @property
    def percent(self) -> float | None:
        """The share, in percent; None of nothing."""
        return 100 * self.count / self.total if self.total else None

    @property
    def ci95(self) -> tuple[float, float] | None:
        """The ends of the 95% Wilson interval, in percent."""
        if not self.total:
            return None
        low, high = wilson_interval(self.count, self.total)
        return 100 * low, 100 * high

    @property
    def estimate(self) -> Estimate | None:
        """In percent."""
        if self.percent is None or self.ci95 is None:
            return None
        return Estimate(self.percent, *self.ci95)

    def to_text(self, digits: int) -> str | None:
        """Such as `98.4% of 12,947`, with so many digits; None of nothing."""
        return None if self.percent is None else f"{self.percent:.{digits}f}% of {self.total:,}"

    def to_json(self) -> dict[str, Any]:
        """The rate as JSON."""
        percent, ends = self.percent, self.ci95
        return {
            "count": self.count,
            "percent": None if percent is None else round(percent, 2),
            "ci95": None if ends is None else [round(end, 2) for end in ends],
        }
