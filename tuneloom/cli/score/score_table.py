"""A score as tables: a summary, one table for each section of figures, and the errors."""

from __future__ import annotations

from collections.abc import Mapping

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table

from tuneloom.model.score.figures.catalogue import figure_sections
from tuneloom.model.score.figures.figure import Figure
from tuneloom.model.score.reports.report import Reference, Score
from tuneloom.model.score.reports.tally import Tally
from tuneloom.model.score.statistics.figure_value import Estimate, FigureValue
from tuneloom.model.score.statistics.rate import Rate

__all__ = [
    "UNMEASURED",
    "estimate_text",
    "figures_table",
    "parseable_line",
    "print_score",
    "print_table",
]

UNMEASURED = "–"

Columns = Mapping[str, Mapping[str, FigureValue]]
"""The columns of a table by their headings: values by the names of figures."""


def print_score(score: Score) -> None:
    """Print a score on standard output."""
    console = Console(highlight=False)
    console.print(parseable_line(score.tally.parseable), style="bold")
    for section, figures in figure_sections().items():
        if any(name in score.tally.figures for name in figures):
            print_table(console, _section_table(section, figures, score))
    if score.tally.errors:
        print_table(console, _errors_table(score.tally))


def parseable_line(rate: Rate) -> str:
    """The line to quote: the share of parseable tunes, their number and the confidence interval."""
    if rate.percent is None or rate.ci95 is None:
        return "no tunes"
    low, high = rate.ci95
    return f"{rate.percent:.1f}% of {rate.total:,} tunes parseable (95% CI {low:.1f}–{high:.1f})"


def _section_table(section: str, figures: Mapping[str, Figure], score: Score) -> Table:
    """Lay out the figures of a section that were measured, beside those of real tunes."""
    title, columns = _section_columns(section, score.tally, score.reference)
    table = figures_table(title, *columns)
    for name, figure in figures.items():
        values = [column.get(name) for column in columns.values()]
        if any(value is not None for value in values):
            table.add_row(figure.label, *(_figure_cell(value, figure) for value in values))
    return table


def _section_columns(
    section: str, tally: Tally, reference: Reference | None
) -> tuple[str, Columns]:
    """The title of a section's table, and its columns."""
    if section == "likeness" and tally.compared:
        size, real = tally.compared
        columns: dict[str, Mapping[str, FigureValue]] = {f"these {size:,}": tally.figures}
        if reference and reference.validation.compared:
            columns[f"training, {reference.validation.compared[0]:,}"] = (
                reference.validation.figures
            )
        return f"distance from {real:,} validation tunes", columns
    columns = {"these tunes": tally.figures}
    if reference:
        columns["validation"] = reference.validation.figures
    if reference and not section:
        columns["as found"] = reference.as_found.levels
        columns["repaired"] = {"parseable": reference.as_found.parseable_repaired}
    return section or "level", columns


def _figure_cell(value: FigureValue | None, figure: Figure) -> str:
    if figure.shows_interval and value and (estimate := value.estimate):
        return estimate_text(estimate, figure.digits)
    return (value and value.to_text(figure.digits)) or UNMEASURED


def estimate_text(estimate: Estimate, digits: int) -> str:
    """A value with the ends of its interval, such as `19.0 (17.1–21.0)`."""
    value, low, high = (
        f"{each:.{digits}f}" for each in (estimate.value, estimate.low, estimate.high)
    )
    return f"{value} ({low}–{high})"


def _errors_table(tally: Tally) -> Table:
    table = figures_table("what is wrong", "tunes")
    for code, count in tally.errors.items():
        table.add_row(code, f"{count:,}")
    return table


def figures_table(what: str, *figures: str) -> Table:
    """An empty table: the first column names each figure, the others hold it."""
    table = Table(
        what,
        box=box.SIMPLE_HEAD,
        show_edge=False,
        header_style="dim",
        pad_edge=False,
        collapse_padding=True,
    )
    for heading in figures:
        table.add_column(heading, justify="right")
    return table


def print_table(console: Console, table: Table) -> None:
    """Print a table after an empty line."""
    console.print(Padding(table, (1, 0, 0, 1), expand=False))
