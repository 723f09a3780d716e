"""Tunes drawn under each constraint, judged by code that the constraints do not use, next to real ones.

Arguments: RUN and the number of tunes (default: 10,000). `tuneloom generate` draws the tunes, and its
time includes start-up and loading. Each tune is parsed by Lark itself, with its own lexer and loop; the
bar-length rule counts its bars; and abc2midi, which is part of symusic, reports bars that are too short
or too long, some of them wrongly (docs/metre.md).
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
import time
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from multiprocessing import Pool
from pathlib import Path
from typing import NamedTuple

from lark import Lark
from lark.exceptions import UnexpectedInput

from benchmarks.support.data_sets import mixed_data_set
from benchmarks.support.midi import play_abc
from tuneloom.model.score.tunes.tune_set import DrawnText, read_tunes
from tuneloom.model.score.tunes.verdict import judge_tune
from tuneloom.pipeline.dataset.reader import read_records

DRAWS = 10_000
SECONDS, GIBIBYTES = 180, 2.0  # for the syntax constraint, end to end
_WRONG_BAR = re.compile(r"Bar \d+ has")
_LINE = "{:<22}{:>8}{:>9}{:>9}{:>14}{:>12}{:>9}{:>7}"


class _SeenTune(NamedTuple):
    """How one tune was judged."""

    finished: bool
    parsed: bool
    metrical: bool
    complained: bool


def main(arguments: list[str]) -> bool:
    run, count = arguments[0], int(arguments[1]) if arguments[1:] else DRAWS
    columns = "tunes", "finished", "by Lark", "bars right", "abc2midi", "seconds", "GiB"
    print(_LINE.format("", *columns))
    validation = list(read_records(mixed_data_set(), "validation"))
    metrical = [
        DrawnText(record.abc.rstrip("\n")) for record in validation if "metrical" in record.levels
    ]
    real = _print_seen("validation", [DrawnText(record.abc.rstrip("\n")) for record in validation])
    _print_seen("validation, metrical", metrical)
    syntax, seconds, gibibytes = _generated(run, count, "syntax")
    metre, *_ = _generated(run, count, "metre")
    return (
        all(seen.finished and seen.parsed for seen in syntax + metre)
        and all(seen.metrical for seen in metre)
        and _percentage([seen.complained for seen in metre])
        <= _percentage([seen.complained for seen in real])
        and seconds <= SECONDS
        and gibibytes <= GIBIBYTES
    )


def _generated(run: str, count: int, constraint: str) -> tuple[list[_SeenTune], float, float]:
    """The judgements on the tunes drawn, the seconds that took, and the peak memory in GiB."""
    with tempfile.TemporaryDirectory() as folder:
        tunes = Path(folder) / "tunes.abc"
        began = time.perf_counter()
        command = ["tuneloom", "generate", run, "-n", str(count), "--constraint", constraint]
        process = subprocess.Popen([*command, "--output", str(tunes)], stdout=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
        assert status == 0
        spent = time.perf_counter() - began, used.ru_maxrss / 2**20
        draws = [tune for tune in read_tunes(tunes).tunes if isinstance(tune, DrawnText)]
    assert len(draws) == count
    return _print_seen(constraint, draws, *spent), *spent


def _print_seen(name: str, draws: Sequence[DrawnText], *spent: float) -> list[_SeenTune]:
    with Pool() as pool:
        seen = pool.map(_look_at, draws, chunksize=50)
    shares = [f"{_percentage(column):.1f}%" for column in zip(*seen, strict=True)]
    shown = [f"{figure:.1f}" for figure in spent] or ["–", "–"]
    print(_LINE.format(name, f"{len(seen):,}", *shares, *shown), flush=True)
    return seen


def _look_at(draw: DrawnText) -> _SeenTune:
    try:
        _lark_parser().parse(draw.tune_text)
        parsed = True
    except UnexpectedInput:
        parsed = False
    _, complaints = play_abc(draw.tune_text)
    return _SeenTune(
        draw.finished,
        parsed,
        "metrical" in judge_tune(draw).levels,
        _WRONG_BAR.search(complaints) is not None,
    )


@cache
def _lark_parser() -> Lark:
    return Lark(
        files("tuneloom.grammar").joinpath("abc.lark").read_text(encoding="utf-8"), parser="lalr"
    )


def _percentage(found: Sequence[bool]) -> float:
    return 100 * sum(found) / len(found)
