"""Figures of validity: the levels that tunes reach, and full bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tuneloom.grammar.diagnostics.diagnostic import Level
from tuneloom.model.score.figures.figure import Figure, MeasuredTunes
from tuneloom.model.score.statistics.figure_value import Estimate
from tuneloom.model.score.statistics.interval import clustered_interval
from tuneloom.model.score.statistics.rate import Rate
from tuneloom.model.score.tunes.verdict import Verdict

__all__ = ["FULL_BARS", "PLAYABLE", "FullBars", "level_figure"]


@dataclass(frozen=True, slots=True)
class FullBars:
    """The bars of each tune that has any in a metre, and those of them that have the right length."""

    bars: tuple[int, ...]
    full: tuple[int, ...]

    @classmethod
    def of(cls, verdicts: Sequence[Verdict]) -> FullBars:
        timed = [verdict for verdict in verdicts if verdict.bars]
        return cls(tuple(v.bars for v in timed), tuple(v.full_bars for v in timed))

    @property
    def rate(self) -> Rate:
        return Rate(sum(self.full), sum(self.bars))

    @property
    def estimate(self) -> Estimate | None:
        """In percent, with an interval that allows for the likeness of the bars of one tune."""
        if not self.bars:
            return None
        low, high = clustered_interval(self.full, self.bars)
        return Estimate(100 * (sum(self.full) / sum(self.bars)), 100 * low, 100 * high)

    def to_text(self, digits: int) -> str | None:
        return self.rate.to_text(digits)

    def to_json(self) -> dict[str, Any]:
        percent = self.rate.percent
        return {
            "count": self.rate.total,
            "full": self.rate.count,
            "percent": None if percent is None else round(percent, 2),
        }


def level_figure(level: Level) -> Figure:
    """The share of tunes that reach a level of validity."""

    def measure(measured: MeasuredTunes) -> Rate:
        return Rate(sum(level in tune.verdict.levels for tune in measured.tunes), measured.total)

    return Figure(level, measure, comparison_label=f"{level}, %", better="high")


def _playable(measured: MeasuredTunes) -> Rate | None:
    played = measured.playable
    return Rate(sum(played.values()), len(played)) if played else None


PLAYABLE = Figure("playable", _playable, comparison_label="playable, %", better="high")

FULL_BARS = Figure(
    "full bars",
    lambda measured: FullBars.of([tune.verdict for tune in measured.tunes]),
    comparison_label="full bars, %",
    better="high",
)
