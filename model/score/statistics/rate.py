"""A share of tunes, with how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tuneloom.model.score.statistics.interval import wilson

__all__ = ["Rate"]


@dataclass(frozen=True, slots=True)
class Rate:
    """A share of tunes. Percentages of no tunes at all are None."""

    count: int
    total: int

    @property
    def percent(self) -> float | None:
        return 100 * self.count / self.total if self.total else None

    @property
    def ci95(self) -> tuple[float, float] | None:
        """The ends of the 95% Wilson interval, in percent."""
        if not self.total:
            return None
        low, high = wilson(self.count, self.total)
        return 100 * low, 100 * high

    def to_json(self) -> dict[str, Any]:
        percent, ends = self.percent, self.ci95
        return {
            "count": self.count,
            "percent": None if percent is None else round(percent, 2),
            "ci95": None if ends is None else [round(end, 2) for end in ends],
        }
