"""Work on the tunes of a book, divided among processes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain
from typing import TypeVar

__all__ = ["leave_interrupts_to_the_parent", "map_divided", "usable_cores"]

_MANY = 300  # tunes; fewer are done before other processes have begun
_CHUNK = 40  # tunes

T = TypeVar("T")
R = TypeVar("R")


def usable_cores() -> int:
    """The number of processor cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def map_divided(function: Callable[[T], R], items: Sequence[T], workers: int) -> Iterator[R]:
    """What a function of one tune makes of each, in order.

    Many tunes are divided among so many processes, where they can be forked, so the caller should have no
    threads. What a killed process owes is done here.
    """
    if workers < 2 or len(items) <= _MANY:
        yield from map(function, items)
        return
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_all_start_methods, get_context

    done = 1
    yield function(items[0])  # and so loads here what each process needs
    if "fork" in get_all_start_methods():
        pool = ProcessPoolExecutor(workers, get_context("fork"), leave_interrupts_to_the_parent)
        try:
            chunks = [items[i : i + _CHUNK] for i in range(1, len(items), _CHUNK)]
            for result in chain.from_iterable(pool.map(partial(_of_chunk, function), chunks)):
                yield result
                done += 1
        except BrokenProcessPool:
            pass
        finally:
            pool.shutdown(cancel_futures=True)
    yield from map(function, items[done:])


def _of_chunk(function: Callable[[T], R], chunk: Sequence[T]) -> list[R]:
    return list(map(function, chunk))


def leave_interrupts_to_the_parent() -> None:
    """Let Ctrl-C, which reaches all processes of a command, be handled by the one that the user started."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
