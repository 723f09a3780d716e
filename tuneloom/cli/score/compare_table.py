"""A comparison for people: a column for each collection, and a star for the winners."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from tuneloom.cli.score.score_table import figures_table, print_table
from tuneloom.model.score.reports.comparison import Comparison, ComparisonRow
from tuneloom.model.score.reports.comparison_formats import WINNER_NOTE, tests_table
from tuneloom.model.score.reports.score_tables import UNMEASURED, estimate_text
from tuneloom.model.score.statistics.figure_value import Estimate

__all__ = ["print_comparison"]

_GAP = 2  # between two columns


def print_comparison(comparison: Comparison) -> None:
    """Print the figures, and the tests if any were made.

    Columns that do not fit beside each other are in further tables.
    """
    rows, names = comparison.rows, zip(comparison.names, comparison.sizes, strict=True)
    console = Console(highlight=False)
    columns = [_column(name, rows, index) for index, name in enumerate(names)]
    labels = max((len(row.label) for row in rows), default=0)
    groups = _fitting(columns, console.width - labels - _GAP)
    # A terminal may have no room for a name, but figures are not cut.
    widest = max((_room_of(column[1:]) for column in columns), default=0)
    console.width = max(console.width, labels + _GAP + widest)
    for shown in groups:
        print_table(console, _comparison_table(shown, rows))
    if any(row.winner is not None for row in rows):
        console.print(f"\n{WINNER_NOTE}")
    if comparison.tests:
        found = tests_table(comparison)
        table = figures_table(*found.headings)
        for cells in found.rows:
            table.add_row(*cells)
        print_table(console, table)


def _fitting(columns: Sequence[list[str]], width: int) -> list[list[list[str]]]:
    """The columns in groups that fit into the width; one that is wider is alone."""
    groups: list[list[list[str]]] = []
    left = 0
    for column in columns:
        needed = _room_of(column)
        if needed > left:
            groups.append([])
            left = width
        groups[-1].append(column)
        left -= needed
    return groups


def _room_of(column: Sequence[str]) -> int:
    return _GAP + max(map(cell_len, column))


def _column(name: tuple[str, int], rows: Sequence[ComparisonRow], index: int) -> list[str]:
    """The two lines of the heading, and the cell of each row."""
    heading = [name[0], f"n = {name[1]:,}"]
    return heading + [_estimate_cell(row, index, row.estimates[index]) for row in rows]


def _comparison_table(columns: Sequence[Sequence[str]], rows: Sequence[ComparisonRow]) -> Table:
    """One table, with an empty line between the sections."""
    table = figures_table("", *(escape("\n".join(column[:2])) for column in columns))
    for at, row in enumerate(rows):
        if at and row.section != rows[at - 1].section:
            table.add_row()
        cells = (column[at + 2] for column in columns)
        table.add_row(row.label, *cells)
    return table


def _estimate_cell(row: ComparisonRow, index: int, estimate: Estimate | None) -> str:
    if estimate is None:
        return UNMEASURED
    text = estimate_text(estimate, row.digits)
    return f"{text} *" if row.winner == index else text
