"""An index as a table that fits the terminal, and whole in a file or a pipe."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from tuneloom.cli.console import output_console
from tuneloom.cli.text.tune_names import printable
from tuneloom.web.book_index import IndexEntry

__all__ = ["print_index"]

_HEADINGS = ("X:", "title", "rhythm", "meter", "key", "bars", "line", "file")
_NUMBERS = frozenset(("X:", "bars", "line"))
# What a column may take where there is no room for all; titles and files have the rest.
_MOST = {"X:": 8, "rhythm": 12, "meter": 7, "key": 7, "file": 24}
_LEAST = 8  # of a title or a file
_GAP = 2  # between two columns


def print_index(entries: Sequence[IndexEntry]) -> None:
    """Print the table; the file has a column of its own where there are several."""
    console = output_console()
    many = len({entry.file for entry in entries}) > 1
    headings = _HEADINGS if many else _HEADINGS[:-1]
    rows = [[printable(cell) for cell in _index_cells(entry)] for entry in entries]
    table = Table(box=None, header_style="bold", pad_edge=False)
    for heading, width in zip(headings, _column_widths(headings, rows, console.width), strict=True):
        table.add_column(
            heading,
            justify="right" if heading in _NUMBERS else "left",
            no_wrap=True,
            overflow="ellipsis",
            width=width,
        )
    for row in rows:
        table.add_row(*map(Text, row[: len(headings)]))
    console.print(table)


def _index_cells(entry: IndexEntry) -> list[str]:
    bars = "–" if entry.bars is None else str(entry.bars)
    music = [entry.rhythm, entry.meter, entry.key, bars]
    return [entry.number, entry.title, *music, str(entry.line), entry.file]


def _column_widths(headings: Sequence[str], rows: Sequence[Sequence[str]], room: int) -> list[int]:
    """What each column needs, or where that is too much, no more than it may take."""
    widths = [
        max([cell_len(heading), *(cell_len(row[index]) for row in rows)])
        for index, heading in enumerate(headings)
    ]
    room -= _GAP * (len(headings) - 1)
    if sum(widths) > room:
        most = (_MOST.get(heading, width) for heading, width in zip(headings, widths, strict=True))
        widths = list(map(min, widths, most))
        for index in (headings.index(each) for each in ("title", "file") if each in headings):
            excess = max(0, sum(widths) - room)
            widths[index] = max(min(widths[index], _LEAST), widths[index] - excess)
    return widths
