"""An index as a table that fits the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from tuneloom.cli.text.snippets import terminal_width
from tuneloom.cli.text.tune_names import printable
from tuneloom.web.book_index import IndexEntry

__all__ = ["print_index"]


def print_index(entries: Sequence[IndexEntry]) -> None:
    """Print the table; the file has a column of its own where there are several."""
    many = len({entry.file for entry in entries}) > 1
    table = Table(box=None, header_style="bold", pad_edge=False)
    table.add_column("X:", justify="right", no_wrap=True, max_width=8)
    table.add_column("title", no_wrap=True, overflow="ellipsis", ratio=1)
    table.add_column("rhythm", no_wrap=True, overflow="ellipsis", max_width=12)
    table.add_column("meter", no_wrap=True, min_width=5, max_width=7)
    table.add_column("key", no_wrap=True, min_width=3, max_width=7)
    table.add_column("bars", justify="right", no_wrap=True, min_width=4)
    table.add_column("line", justify="right", no_wrap=True, min_width=4)
    if many:
        table.add_column("file", no_wrap=True, overflow="ellipsis", max_width=24)
    for entry in entries:
        bars = "–" if entry.bars is None else str(entry.bars)
        cells = [
            entry.number,
            entry.title,
            entry.rhythm,
            entry.meter,
            entry.key,
            bars,
            str(entry.line),
        ]
        table.add_row(*(Text(printable(cell)) for cell in [*cells, *[entry.file] * many]))
    Console(width=terminal_width(), highlight=False).print(table)
