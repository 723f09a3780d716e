"""A score for people: the headline, the levels beside those of real tunes, and the errors."""

from __future__ import annotations

from collections.abc import Mapping

from rich import box
from rich.console import Console
from rich.table import Table

from grammar.diagnostics import Level
from model.score.report import LEVELS, Rate, Reference, Score, Tally

__all__ = ["headline", "print_score"]

UNMEASURED = "–"


def print_score(score: Score) -> None:
    """Print a score on standard output."""
    console = Console(highlight=False)
    console.print(headline(score.tally.parseable), style="bold")
    console.print(_levels(score.tally, score.reference))
    if score.tally.errors:
        console.print(_errors(score.tally))


def headline(rate: Rate) -> str:
    """Write the line to quote: the share, of how many tunes, and how sure it is."""
    if rate.percent is None or rate.ci95 is None:
        return "no tunes"
    low, high = rate.ci95
    return f"{rate.percent:.1f}% of {rate.total:,} tunes parseable (95% CI {low:.1f}–{high:.1f})"


def _levels(tally: Tally, reference: Reference | None) -> Table:
    """Lay each level that was measured beside the same level of real tunes, where there are any."""
    columns: dict[str, Mapping[Level, Rate]] = {"these tunes": tally.levels}
    if reference:
        columns["validation"] = reference.validation.levels
        columns["as found"] = reference.as_found.levels
        columns["repaired"] = {"parseable": reference.as_found.parseable_repaired}
    table = _table("level", *columns)
    for level in LEVELS:
        if level in tally.levels:
            table.add_row(level, *(_cell(rates.get(level)) for rates in columns.values()))
    bars = {
        "these tunes": tally.bars,
        "validation": reference.validation.bars if reference else None,
    }
    table.add_row("full bars", *(_cell(bars.get(name)) for name in columns))
    return table


def _errors(tally: Tally) -> Table:
    table = _table("what is wrong", "tunes")
    for code, count in tally.errors.items():
        table.add_row(code, f"{count:,}")
    return table


def _table(what: str, *figures: str) -> Table:
    table = Table(
        what, box=box.SIMPLE_HEAD, header_style="dim", pad_edge=False, collapse_padding=True
    )
    for heading in figures:
        table.add_column(heading, justify="right")
    return table


def _cell(rate: Rate | None) -> str:
    if rate is None or rate.percent is None:
        return UNMEASURED
    return f"{rate.percent:.1f}% of {rate.total:,}"
