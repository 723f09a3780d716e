"""Show the progress of a run on standard error, or in a notebook."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple, TextIO

from tuneloom.grammar.notebook_line import NotebookLine, notebook_line

__all__ = ["LINE_SECONDS", "IngestionProgress", "show_progress"]

LINE_SECONDS = 10.0
"""Seconds between two lines where standard error is not a terminal."""

_POLL_SECONDS = 0.2


class IngestionProgress(NamedTuple):
    """The tunes judged so far, and the parts of files judged, of how many."""

    tunes: int
    parts: int
    all_parts: int


ReadProgress = Callable[[], IngestionProgress]


@contextmanager
def show_progress(
    read_progress: ReadProgress, stream: TextIO | None = None, line_seconds: float = LINE_SECONDS
) -> Iterator[None]:
    """Show progress for the block: a bar on a terminal and in a notebook, otherwise lines.

    `stream` is standard error by default. Lines are `line_seconds` apart.
    """
    line = None if stream else notebook_line()
    stream = stream or sys.stderr
    stop = threading.Event()
    if line:
        line.show(
            "ingesting: starting", 0.0
        )  # here, as the notebook knows the cell of this thread alone
        arguments: tuple[object, ...] = (read_progress, line, stop)
        thread = threading.Thread(target=_update_line, args=arguments, name="progress")
    elif stream.isatty():
        arguments = (read_progress, stream, stop)
        thread = threading.Thread(target=_show_bar, args=arguments, name="progress")
    else:
        arguments = (read_progress, stream, stop, line_seconds)
        thread = threading.Thread(target=_print_lines, args=arguments, name="progress")
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _update_line(read_progress: ReadProgress, line: NotebookLine, stop: threading.Event) -> None:
    stopped = False
    while not stopped:
        stopped = stop.wait(_POLL_SECONDS)
        now = read_progress()
        parts = f"{now.parts:,} of {now.all_parts:,} parts of files"
        line.show(
            f"ingesting: {now.tunes:,} tunes judged, {parts}", now.parts / (now.all_parts or 1)
        )
    line.finish()


def _print_lines(
    read_progress: ReadProgress, stream: TextIO, stop: threading.Event, line_seconds: float
) -> None:
    started = time.monotonic()
    while not stop.wait(line_seconds):
        now = read_progress()
        seconds = time.monotonic() - started
        done = f"{now.tunes:,} tunes, {now.parts:,} of {now.all_parts:,} parts of files"
        print(f"{seconds:4.0f} s  {done}", file=stream, flush=True)


def _show_bar(read_progress: ReadProgress, stream: TextIO, stop: threading.Event) -> None:
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
            now = read_progress()
            description = f"{now.tunes:,} tunes judged" if now.all_parts else "starting"
            bar.update(task, description=description, completed=now.parts, total=now.all_parts)
