"""Tunes are divided among processes, and none is lost with one of them."""

import os
import signal
from functools import partial

import pytest

from tuneloom.grammar.processes import map_divided, usable_cores


def own_process(_number: int) -> int:
    return os.getpid()


def doubled_unless_forked(number: int, parent: int) -> int:
    if os.getpid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * number


def test_many_tunes_are_divided_and_few_are_not() -> None:
    assert set(map_divided(own_process, range(300), 2)) == {os.getpid()}
    assert set(map_divided(own_process, range(400), 1)) == {os.getpid()}
    assert len({*map_divided(own_process, range(1000), 2)} - {os.getpid()}) in {1, 2}


def test_the_results_are_in_order() -> None:
    assert list(map_divided(str, range(1000), 2)) == [*map(str, range(1000))]


def test_a_process_that_is_killed_loses_nothing() -> None:
    work = partial(doubled_unless_forked, parent=os.getpid())
    assert list(map_divided(work, range(310), 2)) == [2 * number for number in range(310)]


def test_a_process_that_is_bound_to_a_core_has_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _process: {3}, raising=False)
    assert usable_cores() == 1
