"""Standard output for tables: as wide as the terminal, if it is one. Progress on standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from typing import TypeVar

from rich.console import Console

__all__ = ["output_console", "progress_of"]

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
    """The items, with a bar on standard error while they are worked on, if that is a terminal."""
    from rich.progress import track

    console = Console(stderr=True)
    quiet = not console.is_terminal
    return iter(track(items, doing, console=console, transient=True, disable=quiet))
