"""A score as tables: levels of validity and other figures, beside those of real tunes, and the errors."""

from __future__ import annotations

from collections.abc import Mapping

from rich import box
from rich.console import Console
from rich.table import Table

from tuneloom.grammar.diagnostics.diagnostic import Level
from tuneloom.model.score.reports.report import LEVELS, Rate, Reference, Score, Tally
from tuneloom.model.score.similarity.originality import Originality, Quantiles
from tuneloom.model.score.statistics.distances import FIGURES, DistributionDistances

__all__ = ["UNMEASURED", "figures_table", "parseable_line", "print_score", "rate_cell"]

UNMEASURED = "–"


def print_score(score: Score) -> None:
    """Print a score on standard output."""
    console = Console(highlight=False)
    console.print(parseable_line(score.tally.parseable), style="bold")
    console.print(_levels_table(score.tally, score.reference))
    if score.originality:
        console.print(_originality_table(score.originality, score.reference))
    if score.likeness:
        console.print(_distances_table(score.likeness, score.reference))
    if score.tally.errors:
        console.print(_errors_table(score.tally))


def parseable_line(rate: Rate) -> str:
    """The line to quote: the share of parseable tunes, their number and the confidence interval."""
    if rate.percent is None or rate.ci95 is None:
        return "no tunes"
    low, high = rate.ci95
    return f"{rate.percent:.1f}% of {rate.total:,} tunes parseable (95% CI {low:.1f}–{high:.1f})"


def _levels_table(tally: Tally, reference: Reference | None) -> Table:
    """The share of tunes at each level, beside that of real tunes if there is a reference."""
    columns: dict[str, Mapping[Level, Rate]] = {"these tunes": tally.levels}
    if reference:
        columns["validation"] = reference.validation.levels
        columns["as found"] = reference.as_found.levels
        columns["repaired"] = {"parseable": reference.as_found.parseable_repaired}
    table = figures_table("level", *columns)
    for level in LEVELS:
        if level in tally.levels:
            table.add_row(level, *(rate_cell(rates.get(level)) for rates in columns.values()))
    bars = {
        "these tunes": tally.bars,
        "validation": reference.validation.bars if reference else None,
    }
    table.add_row("full bars", *(rate_cell(bars.get(name)) for name in columns))
    return table


def _originality_table(found: Originality, reference: Reference | None) -> Table:
    """Duplicates in the file and, with a reference, what it shares with the training tunes."""
    columns = {"these tunes": found}
    if reference and reference.originality:
        columns["validation"] = reference.originality
    table = figures_table("originality", *columns)
    table.add_row("duplicates", *(rate_cell(each.duplicates) for each in columns.values()))
    if found.copies is None:
        return table
    table.add_row("training tunes", *(rate_cell(each.copies) for each in columns.values()))
    quantiles = {
        "longest run, characters": [each.characters for each in columns.values()],
        "longest run, notes": [each.notes for each in columns.values()],
        "nearest training tune": [each.similarity for each in columns.values()],
    }
    for name, values in quantiles.items():
        digits = 2 if name.startswith("nearest") else 0
        table.add_row(
            f"{name} (median, 95%, most)", *(_quantiles_cell(value, digits) for value in values)
        )
    return table


def _distances_table(found: DistributionDistances, reference: Reference | None) -> Table:
    columns = {f"these {found.tunes:,}": found}
    if reference and reference.likeness:
        columns[f"training, {reference.likeness.tunes:,}"] = reference.likeness
    table = figures_table(f"distance from {found.real:,} validation tunes", *columns)
    for name, unit in FIGURES.items():
        values = (f"{getattr(each, name):.3f}" for each in columns.values())
        table.add_row(f"{name.replace('_', ' ')}, {unit}", *values)
    return table


def _errors_table(tally: Tally) -> Table:
    table = figures_table("what is wrong", "tunes")
    for code, count in tally.errors.items():
        table.add_row(code, f"{count:,}")
    return table


def figures_table(what: str, *figures: str) -> Table:
    """An empty table: the first column names each figure, the others hold it."""
    table = Table(
        what, box=box.SIMPLE_HEAD, header_style="dim", pad_edge=False, collapse_padding=True
    )
    for heading in figures:
        table.add_column(heading, justify="right")
    return table


def rate_cell(rate: Rate | None) -> str:
    """A share and its total, or a dash if it was not measured."""
    if rate is None or rate.percent is None:
        return UNMEASURED
    return f"{rate.percent:.1f}% of {rate.total:,}"


def _quantiles_cell(spread: Quantiles | None, digits: int) -> str:
    if spread is None:
        return UNMEASURED
    return "  ".join(f"{value:.{digits}f}" for value in (spread.median, spread.p95, spread.most))
