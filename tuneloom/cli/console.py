"""Standard output for tables: as wide as the terminal, if it is one."""

from __future__ import annotations

import os
import sys

from rich.console import Console

__all__ = ["output_console"]

_WIDTH_OF_FILE = 1000


def output_console() -> Console:
    """A console for standard output that breaks no row of a table for want of width in a file or a pipe.

    COLUMNS is heeded there as well. NO_COLOR and FORCE_COLOR are heeded by rich.
    """
    console = Console(highlight=False)
    if not sys.stdout.isatty() and "COLUMNS" not in os.environ:
        console.width = _WIDTH_OF_FILE
    return console
