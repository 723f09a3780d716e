"""How far a run has come, told on standard error while it runs."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple, TextIO

__all__ = ["Progress", "showing"]

_PLAIN_SECONDS = 10.0
_POLL_SECONDS = 0.2


class Progress(NamedTuple):
    """How far a run is: tunes judged, and parts of files judged, of so many that there are."""

    tunes: int
    parts: int
    of: int


Counted = Callable[[], Progress]


@contextmanager
def showing(counted: Counted, stream: TextIO = sys.stderr) -> Iterator[None]:
    """Show progress until the block ends: a bar on a terminal, else a plain line now and then."""
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
        now = counted()
        seconds = time.monotonic() - started
        line = f"{seconds:4.0f} s  {now.tunes:,} tunes, {now.parts:,} of {now.of:,} parts of files"
        print(line, file=stream, flush=True)


def _bar(counted: Counted, stream: TextIO, stop: threading.Event) -> None:
    from rich import progress as rich
    from rich.console import Console

    columns = (
        rich.TextColumn("{task.description}"),
        rich.BarColumn(),
        rich.TextColumn("{task.completed:,.0f} of {task.total:,.0f} parts of files"),
        rich.TimeElapsedColumn(),
    )
    with rich.Progress(*columns, console=Console(file=stream), transient=True) as bar:
        task = bar.add_task("starting", total=0)
        while not stop.wait(_POLL_SECONDS):
            now = counted()
            description = f"{now.tunes:,} tunes judged" if now.of else "starting"
            bar.update(task, description=description, completed=now.parts, total=now.of)
