"""A score as tables in a terminal: a summary, one table for each section of figures, and the errors."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table

from tuneloom.cli.console import output_console
from tuneloom.model.score.reports.report import Score
from tuneloom.model.score.reports.score_tables import parseable_line, score_tables

__all__ = ["figures_table", "print_score", "print_table"]


def print_score(score: Score) -> None:
    """Print a score on standard output."""
    console = output_console()
    console.print(parseable_line(score.tally.parseable), style="bold")
    for shown in score_tables(score):
        table = figures_table(*shown.headings)
        for row in shown.rows:
            table.add_row(*row)
        print_table(console, table)


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
