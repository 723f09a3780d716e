"""A comparison for people: a column for each collection, and the winners in bold with a star."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from tuneloom.cli.score.score_table import UNMEASURED, figures_table
from tuneloom.model.score.statistics.comparison import ComparisonRow, Estimate

__all__ = ["print_comparison"]

_FORMATS = {"percent": "{:.1f}", "notes": "{:.0f}", "similarity": "{:.2f}"}
_UNITS = {"percent": "%", "notes": "notes", "similarity": "0–1"}
_MOST = 4  # collections beside each other in 100 columns
_WIDTH = 100


def print_comparison(names: Sequence[tuple[str, int]], lines: Sequence[ComparisonRow]) -> None:
    """Print the lines; `names` has each collection's name and how many tunes it has."""
    # A terminal is asked for its width only if it is wider: figures are not to be cut.
    console = Console(highlight=False)
    console.width = max(console.width, _WIDTH)
    for start in range(0, len(names), _MOST):
        console.print(_table(names, lines, slice(start, start + _MOST)))
    if any(line.winner is not None for line in lines):
        console.print("* better than every other, and no 95% interval of theirs reaches its own")


def _table(names: Sequence[tuple[str, int]], lines: Sequence[ComparisonRow], shown: slice) -> Table:
    table = figures_table("", *(f"{name}\nn = {count:,}" for name, count in names[shown]))
    for line in lines:
        cells = [_cell(line, i, each) for i, each in enumerate(line.estimates)]
        table.add_row(f"{line.name}, {_UNITS[line.unit]}", *cells[shown])
    return table


def _cell(line: ComparisonRow, index: int, estimate: Estimate | None) -> str:
    if estimate is None:
        return UNMEASURED
    form = _FORMATS[line.unit].format
    text = f"{form(estimate.value)} ({form(estimate.low)}–{form(estimate.high)})"
    return f"[bold]{text}[/] *" if line.winner == index else text
