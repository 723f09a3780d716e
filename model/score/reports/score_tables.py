"""A score as tables of text, which the command prints and a notebook shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from tuneloom.grammar.notebook_html import html_table
from tuneloom.model.score.figures.catalogue import figure_sections
from tuneloom.model.score.statistics.quantiles import Quantiles

if TYPE_CHECKING:
    from tuneloom.model.score.figures.figure import Figure
    from tuneloom.model.score.reports.report import Reference, Score
    from tuneloom.model.score.reports.tally import Tally
    from tuneloom.model.score.statistics.figure_value import Estimate, FigureValue
    from tuneloom.model.score.statistics.rate import Rate

__all__ = [
    "UNMEASURED",
    "FiguresTable",
    "estimate_text",
    "parseable_line",
    "score_html",
    "score_tables",
]

UNMEASURED = "–"


@dataclass(frozen=True, slots=True)
class FiguresTable:
    """A table of figures; the first heading is that of their names, the first cell of a row the name."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def parseable_line(rate: Rate) -> str:
    """The line to quote: the share of parseable tunes, their number and the confidence interval."""
    if rate.percent is None or rate.ci95 is None:
        return "no tunes"
    low, high = rate.ci95
    return f"{rate.percent:.1f}% of {rate.total:,} tunes parseable (95% CI {low:.1f}–{high:.1f})"


def score_tables(score: Score, *, all_intervals: bool = False) -> Iterator[FiguresTable]:
    """The tables of what was measured, beside real tunes; with every interval, or those of means alone."""
    for section, figures in figure_sections().items():
        if any(name in score.tally.figures for name in figures):
            yield _section_table(section, figures, score, all_intervals)
    if score.tally.errors:
        rows = tuple((code, f"{count:,}") for code, count in score.tally.errors.items())
        yield FiguresTable(("what is wrong", "tunes"), rows)


def score_html(score: Score) -> str:
    """The line to quote, what was not scored, and each table with the intervals of all that has one."""
    warnings = [f"line {orphan.line}: {orphan.message}; not scored" for orphan in score.orphans]
    warnings += [f"{fault}; counts as not parseable" for fault in score.faults]
    listed = "".join(f"<li>{escape(warning)}</li>" for warning in warnings)
    tables = (
        html_table(table.rows, table.headings) for table in score_tables(score, all_intervals=True)
    )
    return (
        f"<p><b>{parseable_line(score.tally.parseable)}</b></p>"
        f"{listed and f'<ul>{listed}</ul>'}{'<br>'.join(tables)}"
    )


def estimate_text(estimate: Estimate, digits: int) -> str:
    """A value with the ends of its interval, such as `19.0 (17.1–21.0)`."""
    return f"{estimate.value:.{digits}f} {_interval_text(estimate, digits)}"


def _section_table(
    section: str, figures: Mapping[str, Figure], score: Score, all_intervals: bool
) -> FiguresTable:
    """The figures of a section that were measured, beside those of real tunes."""
    title, columns = _section_columns(section, score.tally, score.reference)
    rows = []
    for name, figure in figures.items():
        values = [column.get(name) for column in columns.values()]
        if any(value is not None for value in values):
            cells = (_figure_cell(value, figure, all_intervals) for value in values)
            rows.append((figure.label, *cells))
    return FiguresTable((title, *columns), tuple(rows))


def _section_columns(
    section: str, tally: Tally, reference: Reference | None
) -> tuple[str, Mapping[str, Mapping[str, FigureValue]]]:
    """The title of a section's table; and its columns by their headings, values by the names of figures."""
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


def _figure_cell(value: FigureValue | None, figure: Figure, with_interval: bool) -> str:
    if value is None or (text := value.to_text(figure.digits)) is None:
        return UNMEASURED
    # The interval of quantiles is that of one of three.
    shows_interval = figure.shows_interval or (with_interval and not isinstance(value, Quantiles))
    if not shows_interval or (estimate := value.estimate) is None:
        return text
    if figure.shows_interval:
        return estimate_text(estimate, figure.digits)
    return f"{text} {_interval_text(estimate, figure.digits)}"


def _interval_text(estimate: Estimate, digits: int) -> str:
    return f"({estimate.low:.{digits}f}–{estimate.high:.{digits}f})"
