"""Standard output for tables: as wide as the terminal, if it is one. Progress on standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from rich.console import Console

from tuneloom.grammar.notebook_line import notebook_line

__all__ = ["count_bar", "output_console", "progress_of"]

_Item = TypeVar("_Item")

_WIDTH_OF_FILE = 1000


def output_console() -> Console:
    """A console for standard output that breaks no row of a table for want of width in a file or a pipe.

    COLUMNS is heeded there as well. NO_COLOR and FORCE_COLOR are heeded by rich.
    """
    console = Console(highlight=False)
    if not sys.stdout.isatty() and "COLUMNS" not in os.environ:
        console.width = _WIDTH_OF_FILE
    return console


def progress_of(items: Sequence[_Item], doing: str) -> Iterator[_Item]:
    """The items, with a bar on standard error while they are worked on, if it can be shown."""
    from rich.progress import track

    console = Console(stderr=True)
    hidden = not console.is_terminal
    return iter(track(items, doing, console=console, transient=True, disable=hidden))


@contextmanager
def count_bar(doing: str, total: int, *, quiet: bool = False) -> Iterator[Callable[[int], None]]:
    """A bar of how many of `total` there are, on a terminal or in a notebook; the function sets it."""
    if not quiet and (line := notebook_line()):
        yield lambda count: line.show(f"{doing}: {count:,} of {total:,}", count / total)
        line.finish()
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    console = Console(stderr=True)
    columns = TextColumn(doing), BarColumn(), MofNCompleteColumn()
    hidden = quiet or not console.is_terminal
    with Progress(*columns, console=console, transient=True, disable=hidden) as bar:
        task = bar.add_task(doing, total=total)
        yield lambda count: bar.update(task, completed=count)
