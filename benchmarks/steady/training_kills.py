"""Kills training at random moments, and goes on with it: the run must end as if it had never been killed.

Each training is a child of this process, which has loaded TensorFlow and not used it: to load it anew would
take ten seconds each time.
"""

from __future__ import annotations

import os
import random
import signal
import time
import traceback
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import numpy as np

from tuneloom.grammar.errors import TuneloomError
from tuneloom.model.network.config import TrainingConfig
from tuneloom.model.runs.directory import RunDirectory
from tuneloom.model.runs.metrics import Metrics
from tuneloom.model.training.schedule import Budget
from tuneloom.model.training.trainer import Intervals, Trainer

__all__ = ["TINY_CONFIG", "kill_training_often"]

_STEPS = 40
_BUDGET = Budget(steps=_STEPS)
_INTERVALS = Intervals(checkpoint_seconds=0.3, min_validation_steps=20, max_validation_steps=20)
TINY_CONFIG = TrainingConfig(
    embedding=8, units=16, dropout=0.1, batch_size=4, unroll_length=16, learning_rate=0.03, warmup=5
)
_ERROR = "error.txt"


def kill_training_often(
    data: Path, folder: Path, count: int, randomly: random.Random
) -> tuple[int, list[str]]:
    """How often training on a data set was killed before its end, and what was wrong afterwards."""
    start = time.monotonic()
    problems = _wait(_fork(partial(_train, data, folder / "whole"), folder))
    seconds = time.monotonic() - start
    whole = _outcome(folder / "whole")
    names = _names_of_files(folder / "whole")
    killed, number = 0, 0
    while killed < count and not problems:
        run = folder / f"run{number}"
        number += 1
        # A run that goes on may be killed again.
        while killed < count and randomly.random() < 0.7:
            child = _fork(partial(_train, data, run), folder)
            time.sleep(randomly.uniform(0, 1.1 * seconds))
            os.kill(child, signal.SIGKILL)
            killed += os.waitpid(child, 0)[1] == signal.SIGKILL
            problems += [f"kill {killed}: {fault}" for fault in _unreadable_files(run)]
        problems += _wait(_fork(partial(_train, data, run), folder))
        if not problems and _outcome(run) != whole:
            problems.append(f"kill {killed}: the run ends otherwise than one that was not killed")
        if not problems and (left := sorted(_names_of_files(run) ^ names)):
            problems.append(f"kill {killed}: {left} left over or missing")
    return killed, problems


def _train(data: Path, run: Path) -> None:
    """Train from the beginning, or go on from the last checkpoint, as whoever reads the refusals would."""
    try:
        trainer = Trainer.resume(data, run, _BUDGET, intervals=_INTERVALS)
    except TuneloomError as error:
        if "has spent this budget" in str(error):
            return
        trainer = Trainer.begin(
            data, run, TINY_CONFIG, _BUDGET, overwrite=True, intervals=_INTERVALS
        )
    trainer.fit(lambda _: None)


def _fork(action: Callable[[], None], folder: Path) -> int:
    """Start a child that does this and ends; what it raises is written to a file in the folder."""
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        action()
        status = 0
    except BaseException:
        (folder / _ERROR).write_text(traceback.format_exc())
    finally:
        os._exit(status)


def _wait(child: int) -> list[str]:
    _, status = os.waitpid(child, 0)
    return [f"training ends with {status}"] if status else []


def _unreadable_files(path: Path) -> Iterator[str]:
    """What cannot be read of a run that was killed; it may have no files yet."""
    try:
        if (path / "config.json").exists():
            run = RunDirectory.open(path)
            Metrics.read(run.metrics, _STEPS)
            if run.model.exists() and not run.count_parameters():
                yield "the network cannot be read"
            if run.checkpoint.exists():
                _arrays_of(run)
    except (TuneloomError, OSError, ValueError) as error:
        yield f"a file looks finished and is not: {error}"


def _arrays_of(run: RunDirectory) -> dict[str, bytes]:
    with np.load(run.checkpoint) as file:
        return {name: file[name].tobytes() for name in file}


def _outcome(path: Path) -> object:
    """The weights at the end of a run, and its metrics, without the times."""
    run = RunDirectory.open(path)
    rows = Metrics.read(run.metrics, _STEPS).rows
    arrays = _arrays_of(run)
    del arrays["progress"]
    validated = [row for row in rows if row.validation_bits]
    return arrays, [(row.step, row.validation_bits, row.parseable) for row in validated]


def _names_of_files(folder: Path) -> set[str]:
    """Without those for TensorBoard, of which each process writes its own."""
    found = {str(path.relative_to(folder)) for path in folder.rglob("*")}
    return {name for name in found if not name.startswith("tensorboard/")}
