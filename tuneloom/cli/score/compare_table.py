"""A comparison for people: a column for each collection, and the winners in bold with a star."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from tuneloom.cli.score.score_table import UNMEASURED, figures_table
from tuneloom.model.score.reports.comparison import ComparisonRow
from tuneloom.model.score.statistics.figure_value import Estimate

__all__ = ["print_comparison"]

_MAX_COLUMNS_SHOWN = 4  # collections beside each other in 100 columns
_WIDTH = 100


def print_comparison(names: Sequence[tuple[str, int]], rows: Sequence[ComparisonRow]) -> None:
    """Print the rows; `names` holds the name and the number of tunes of each collection."""
    # Use a terminal's width only if it is wider, since figures must not be cut.
    console = Console(highlight=False)
    console.width = max(console.width, _WIDTH)
    for start in range(0, len(names), _MAX_COLUMNS_SHOWN):
        console.print(_comparison_table(names, rows, slice(start, start + _MAX_COLUMNS_SHOWN)))
    if any(row.winner is not None for row in rows):
        console.print("* better than every other, and no 95% interval of theirs reaches its own")


def _comparison_table(
    names: Sequence[tuple[str, int]], rows: Sequence[ComparisonRow], shown: slice
) -> Table:
    table = figures_table("", *(f"{name}\nn = {count:,}" for name, count in names[shown]))
    for row in rows:
        cells = [_estimate_cell(row, i, each) for i, each in enumerate(row.estimates)]
        table.add_row(row.label, *cells[shown])
    return table


def _estimate_cell(row: ComparisonRow, index: int, estimate: Estimate | None) -> str:
    if estimate is None:
        return UNMEASURED
    value, low, high = (
        f"{each:.{row.digits}f}" for each in (estimate.value, estimate.low, estimate.high)
    )
    text = f"{value} ({low}–{high})"
    return f"[bold]{text}[/] *" if row.winner == index else text
