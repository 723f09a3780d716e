"""Figures of validity: the levels that tunes reach, and full bars."""

from __future__ import annotations

from typing import Any

from tuneloom.grammar.diagnostics.diagnostic import Level
from tuneloom.model.score.figures.figure import Figure, MeasuredTunes
from tuneloom.model.score.statistics.clustered_rate import ClusteredRate
from tuneloom.model.score.statistics.rate import Rate
from tuneloom.model.score.tunes.verdict import Verdict

__all__ = ["FULL_BARS", "PLAYABLE", "FullBars", "level_figure"]


class FullBars(ClusteredRate):
    """The bars of each tune that has any in a metre, and those of them that have the right length."""

    __slots__ = ()

    def to_json(self) -> dict[str, Any]:
        """`count` is the number of bars, as it has been from the first."""
        estimate = self.estimate
        return {
            "count": sum(self.totals),
            "full": sum(self.counts),
            "percent": estimate and round(estimate.value, 2),
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


def _verdicts(measured: MeasuredTunes) -> list[Verdict]:
    return [tune.verdict for tune in measured.tunes]


FULL_BARS = Figure(
    "full bars",
    lambda measured: FullBars.of((v.full_bars, v.bars) for v in _verdicts(measured)),
    comparison_label="full bars, %",
    better="high",
)
