"""Several scores side by side: estimates with 95% intervals, and a winner if they do not overlap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from tuneloom.model.score.figures.catalogue import FIGURES
from tuneloom.model.score.reports.report import Score
from tuneloom.model.score.statistics.figure_value import Estimate

__all__ = ["ComparisonRow", "compare_scores"]


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """One figure of every score; None where it was not measured.

    `digits` are the decimals to show. `better` is None if neither of two values is better. `section` is
    that of the figure's name, empty for the levels. The last `references` of the estimates are there to
    compare the others with, and win nothing.
    """

    label: str
    digits: int
    better: Literal["high", "low"] | None
    estimates: tuple[Estimate | None, ...]
    section: str = ""
    references: int = 0

    @property
    def winner(self) -> int | None:
        """The score whose interval is on the better side of all others; None if there is only one.

        References take no part.
        """
        sign = {"high": 1, "low": -1, None: 0}[self.better]
        competing = self.estimates[: len(self.estimates) - self.references]
        known = [(i, each) for i, each in enumerate(competing) if each]
        if not sign or len(known) < 2:
            return None
        best, its = max(known, key=lambda pair: sign * pair[1].value)
        others = [each for i, each in known if i != best]
        apart = all(its.low > each.high if sign > 0 else its.high < each.low for each in others)
        return best if apart else None


def compare_scores(scores: Sequence[Score], references: int = 0) -> list[ComparisonRow]:
    """The figures that any of the scores has, row by row; so many scores at the end are references.

    Shares of tunes have Wilson intervals, which for full bars allow for the likeness of the bars of one tune.
    The interval of a median holds whatever the distribution.
    """
    rows = []
    for name, figure in FIGURES.items():
        values = [score.tally.figures.get(name) for score in scores]
        if figure.comparison_label and any(value is not None for value in values):
            estimates = tuple(value.estimate if value else None for value in values)
            rows.append(
                ComparisonRow(
                    label=figure.comparison_label,
                    digits=figure.digits,
                    better=figure.better,
                    estimates=estimates,
                    section=name.rpartition(".")[0],
                    references=references,
                )
            )
    return rows
