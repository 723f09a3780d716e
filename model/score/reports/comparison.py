"""Several scores side by side: estimates with 95% intervals, a winner if they do not overlap, and tests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Literal

from tuneloom.grammar.errors import UsageError
from tuneloom.model.score.figures.catalogue import FIGURES
from tuneloom.model.score.reports.report import Score
from tuneloom.model.score.statistics.figure_value import Estimate
from tuneloom.model.score.statistics.rate import Rate
from tuneloom.model.score.statistics.runs_mean import mean_of_runs
from tuneloom.model.score.statistics.two_proportions import (
    ProportionTest,
    compare_proportions,
    holm_adjusted,
)

__all__ = [
    "Comparison",
    "ComparisonForm",
    "ComparisonRow",
    "FigureTest",
    "TestedPairs",
    "compare_scores",
    "with_means_of_runs",
]

TestedPairs = Literal["pairs", "first"]
"""Which collections are tested against each other: each pair, or the first against every other."""
ComparisonForm = Literal["json", "csv", "latex", "markdown"]


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """One figure of every score; None where it was not measured.

    `digits` are the decimals to show. `better` is None if neither of two values is better. `name` is that of
    the figure in the JSON of a score. The last `references` of the estimates are there to compare the others
    with, and win nothing.
    """

    label: str
    digits: int
    better: Literal["high", "low"] | None
    estimates: tuple[Estimate | None, ...]
    name: str = ""
    references: int = 0

    @property
    def section(self) -> str:
        """The section of the figure; empty for the levels."""
        return self.name.rpartition(".")[0]

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


@dataclass(frozen=True, slots=True)
class FigureTest:
    """The test of one figure between two collections, by their places, and its p-value adjusted by Holm."""

    label: str
    name: str
    first: int
    second: int
    result: ProportionTest
    adjusted_p: float


@dataclass(frozen=True, slots=True, repr=False)
class Comparison:
    """Collections by name with their numbers of tunes, the rows of figures, and the tests made."""

    names: tuple[str, ...]
    sizes: tuple[int, ...]
    rows: tuple[ComparisonRow, ...]
    tests: tuple[FigureTest, ...] = ()

    def to_text(self, form: ComparisonForm) -> str:
        """The tables in LaTeX or Markdown, as CSV, or all of it as one JSON object."""
        from tuneloom.model.score.reports.comparison_formats import COMPARISON_FORMATS

        return COMPARISON_FORMATS[form](self)

    def __repr__(self) -> str:
        """Short, since a notebook keeps it beside the tables."""
        return f"<Comparison of {', '.join(self.names)}>"

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        from tuneloom.model.score.reports.comparison_formats import comparison_html

        return comparison_html(self)


def compare_scores(
    names: Sequence[str],
    scores: Sequence[Score],
    references: int = 0,
    tested: TestedPairs | None = None,
) -> Comparison:
    """The figures that any of the scores has, row by row; so many scores at the end are references.

    Shares of tunes have Wilson intervals, which for full bars allow for the likeness of the bars of one tune.
    The interval of a median holds whatever the distribution, and that of a distance is a basic bootstrap.

    `tested` asks for two-proportion tests of the shares of tunes. Bars of one tune are not independent, so
    shares of bars and phrases are not tested. The p-values are adjusted for all tests together.
    """
    return Comparison(
        names=tuple(names),
        sizes=tuple(score.tally.tunes for score in scores),
        rows=tuple(_comparison_rows(scores, references)),
        tests=tuple(_figure_tests(scores, tested)) if tested else (),
    )


def _comparison_rows(scores: Sequence[Score], references: int) -> Iterator[ComparisonRow]:
    for name, figure in FIGURES.items():
        values = [score.tally.figures.get(name) for score in scores]
        if figure.comparison_label and any(value is not None for value in values):
            yield ComparisonRow(
                label=figure.comparison_label,
                digits=figure.digits,
                better=figure.better,
                estimates=tuple(value.estimate if value else None for value in values),
                name=name,
                references=references,
            )


def with_means_of_runs(comparison: Comparison, references: int = 0) -> Comparison:
    """One column for all scores of one name, which are those of runs of one system, such as its seeds.

    It has the mean of the runs, and the interval that Student's t gives it. References stay as they are.

    Raises:
        UsageError: the comparison has tests, which do not hold for the tunes of several runs.
    """
    if comparison.tests:
        raise UsageError("tests of tunes do not hold for several runs; their intervals tell")
    places: dict[tuple[str, bool], list[int]] = {}
    own = len(comparison.names) - references
    for place, name in enumerate(comparison.names):
        places.setdefault((name, place < own), []).append(place)
    return Comparison(
        names=tuple(
            name if len(runs) == 1 else f"{name}, {len(runs)} runs"
            for (name, _), runs in places.items()
        ),
        sizes=tuple(sum(comparison.sizes[place] for place in runs) for runs in places.values()),
        rows=tuple(
            replace(
                row,
                estimates=tuple(
                    _mean_of([row.estimates[place] for place in runs], row.label.endswith("%"))
                    for runs in places.values()
                ),
            )
            for row in comparison.rows
        ),
    )


def _mean_of(estimates: Sequence[Estimate | None], is_percentage: bool) -> Estimate | None:
    """The mean of the runs that have a figure; that of one run, or of none, is its own."""
    known = [each for each in estimates if each]
    if len(known) < 2:
        return known[0] if known else None
    mean = mean_of_runs(known)
    if not is_percentage:
        return mean
    return Estimate(mean.value, max(0.0, mean.low), min(100.0, mean.high))


def _figure_tests(scores: Sequence[Score], tested: TestedPairs) -> Iterator[FigureTest]:
    pairs = [
        pair for pair in combinations(range(len(scores)), 2) if tested == "pairs" or not pair[0]
    ]
    found: list[tuple[str, str, int, int, ProportionTest]] = []
    for name, figure in FIGURES.items():
        values = [score.tally.figures.get(name) for score in scores]
        for first, second in pairs:
            one, other = values[first], values[second]
            if not (figure.comparison_label and isinstance(one, Rate) and isinstance(other, Rate)):
                continue
            if one.total and other.total:
                label = figure.comparison_label.removesuffix(", %")
                found.append((label, name, first, second, compare_proportions(one, other)))
    adjusted = holm_adjusted([result.p_value for *_, result in found])
    for (label, name, first, second, result), p_value in zip(found, adjusted, strict=True):
        yield FigureTest(label, name, first, second, result, p_value)
