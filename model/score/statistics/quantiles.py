"""The distribution of a number over tunes, in three quantiles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tuneloom.model.score.statistics.figure_value import Estimate
from tuneloom.model.score.statistics.interval import median_interval

__all__ = ["Quantiles"]


@dataclass(frozen=True, slots=True)
class Quantiles:
    """The median, the value that 95% do not exceed, the largest, and the 95% interval of the median."""

    median: float
    p95: float
    most: float
    median_ci95: tuple[float, float]

    @classmethod
    def of(cls, values: Sequence[float]) -> Quantiles | None:
        """The quantiles of values; None without values."""
        if not values:
            return None
        ordered = sorted(values)
        median, high = np.quantile(ordered, [0.5, 0.95]).tolist()
        return cls(median, high, float(ordered[-1]), median_interval(ordered))

    @property
    def estimate(self) -> Estimate:
        """The median."""
        return Estimate(self.median, *self.median_ci95)

    def to_text(self, digits: int) -> str:
        return "  ".join(f"{value:.{digits}f}" for value in (self.median, self.p95, self.most))

    def to_json(self) -> dict[str, float]:
        return {name: round(getattr(self, name), 3) for name in ("median", "p95", "most")}
