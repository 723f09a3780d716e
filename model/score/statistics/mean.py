"""The mean of a number over tunes, with its confidence interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, stdev
from typing import Any

from tuneloom.model.score.statistics.figure_value import Estimate

__all__ = ["Mean"]

_Z = 1.959964  # the standard errors on either side that make 95%


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of so many tunes, and its 95% normal interval; with one tune, the interval is None."""

    value: float
    count: int
    ci95: tuple[float, float] | None

    @classmethod
    def of(cls, values: Sequence[float]) -> Mean | None:
        """The mean of values; None without values."""
        if not values:
            return None
        mean = fmean(values)
        if len(values) == 1:
            return cls(mean, 1, None)
        half = _Z * stdev(values, mean) / sqrt(len(values))
        return cls(mean, len(values), (mean - half, mean + half))

    @property
    def estimate(self) -> Estimate | None:
        return Estimate(self.value, *self.ci95) if self.ci95 else None

    def to_text(self, digits: int) -> str:
        return f"{self.value:.{digits}f}"

    def to_json(self) -> dict[str, Any]:
        ends = self.ci95
        return {
            "count": self.count,
            "mean": round(self.value, 4),
            "ci95": None if ends is None else [round(end, 4) for end in ends],
        }
