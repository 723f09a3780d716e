"""A figure of the score: what it measures, and how it is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from tuneloom.model.score.similarity.training_overlap import TrainingOverlap
from tuneloom.model.score.statistics.figure_value import FigureValue
from tuneloom.model.score.tunes.analysis import AnalysedTune
from tuneloom.model.score.tunes.features import TuneFeatures

__all__ = ["Figure", "MeasuredTunes", "TuneValue"]

TuneValue = bool | float | str | None
"""The value of one tune, a cell of the CSV; None if the tune has none."""


@dataclass(frozen=True, slots=True)
class MeasuredTunes:
    """The tunes that figures are computed from, with what was found by comparing them."""

    tunes: Sequence[AnalysedTune]
    first_copies: Sequence[int | None]
    """For each tune the index of the earlier tune that it repeats."""
    requested: int = 0
    """How many tunes were requested of a model; there may be fewer."""
    overlaps: Sequence[TrainingOverlap] | None = None
    """For each tune that has features, what it shares with the training split; None without a data set."""
    playable: Mapping[int, bool] | None = None
    """By their indices, the tunes that were played and whether that worked; None if none were to be."""
    sample: Sequence[TuneFeatures] = ()
    """The tunes whose distributions are compared with those of `real`."""
    real: Sequence[TuneFeatures] = ()
    """Tunes of a validation split; empty without a data set."""

    @property
    def total(self) -> int:
        """How many tunes there should be: shares are of so many."""
        return max(self.requested, len(self.tunes))

    @property
    def features(self) -> list[TuneFeatures]:
        """Those of the tunes that are parseable and have a note."""
        return [tune.features for tune in self.tunes if tune.features]


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of the tables of `score` and `compare`, and one key of the JSON."""

    label: str
    """The name of the row in the table of `score`."""
    measure: Callable[[MeasuredTunes], FigureValue | None]
    """The value; None if it cannot be measured, such as a comparison without a data set."""
    digits: int = 1
    """Decimals in tables."""
    comparison_label: str | None = None
    """The name of the row, with its unit, in the table of `compare`; None keeps it out."""
    better: Literal["high", "low"] | None = None
    """Which of two values is better; None if neither is."""
    shows_interval: bool = False
    """Whether `score` shows the interval beside the value, as `compare` always does."""
    of_tune: Callable[[TuneFeatures], TuneValue] | None = None
    """The value of one tune, a column of the CSV under the name of the figure; None keeps it out."""

    @classmethod
    def with_interval(
        cls,
        label: str,
        comparison_label: str,
        measure: Callable[[MeasuredTunes], FigureValue | None],
        digits: int = 1,
        of_tune: Callable[[TuneFeatures], TuneValue] | None = None,
    ) -> Figure:
        """A figure with its interval in both tables, and neither end of it the better one."""
        return cls(label, measure, digits, comparison_label, shows_interval=True, of_tune=of_tune)
