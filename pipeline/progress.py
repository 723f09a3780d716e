"""How far a run has come, told on standard error while it runs."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

__all__ = ["showing"]

_PLAIN_SECONDS = 10.0
_POLL_SECONDS = 0.2

Counted = Callable[[], tuple[int, int]]


@contextmanager
def showing(counted: Counted, stream: TextIO = sys.stderr) -> Iterator[None]:
    """Show progress until the block ends: a bar on a terminal, else a plain line now and then.

    `counted` gives the number of tunes judged so far, and of those read.
    """
    stop = threading.Event()
    show = _bar if stream.isatty() else _lines
    thread = threading.Thread(target=show, args=(counted, stream, stop), name="progress")
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _lines(counted: Counted, stream: TextIO, stop: threading.Event) -> None:
    started = time.monotonic()
    while not stop.wait(_PLAIN_SECONDS):
        judged, read = counted()
        seconds = time.monotonic() - started
        print(f"{seconds:4.0f} s  {judged:,} of {read:,} tunes", file=stream, flush=True)


def _bar(counted: Counted, stream: TextIO, stop: threading.Event) -> None:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed:,.0f} of {task.total:,.0f} tunes"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(file=stream), transient=True) as progress:
        task = progress.add_task("starting", total=0)
        while not stop.wait(_POLL_SECONDS):
            judged, read = counted()
            progress.update(
                task,
                description="judging" if judged else "reading" if read else "starting",
                completed=judged,
                total=read,
            )
