"""How far a run has come: its metrics, and whether it is trained, broken off, or still being trained."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tuneloom.grammar.errors import UsageError
from tuneloom.model.runs.metrics import Metrics, MetricsRow
from tuneloom.pipeline.storage.lock import file_lock

if TYPE_CHECKING:
    from tuneloom.model.runs.directory import RunDirectory

__all__ = ["RunState", "TrainingStage", "read_run_state"]

TrainingStage = Literal["training", "untrained", "unreadable", "unfinished", "finished"]

_ENDED = 0.01  # of the peak of the learning rate, which a schedule that ends falls below


@dataclass(frozen=True, slots=True)
class RunState:
    """The rows of metrics so far, and what stage the run is in, in a word and for people."""

    rows: Sequence[MetricsRow]
    stage: TrainingStage
    text: str

    @property
    def trained_text(self) -> str:
        """How long it was trained; empty if it was not."""
        if not self.rows:
            return ""
        last = self.rows[-1]
        minutes = last.seconds / 60
        return f"{last.step:,} steps, {last.epoch:.1f} epochs, {minutes:.1f} minutes"

    @property
    def validations(self) -> list[tuple[float, int]]:
        """The bits per character of each validation, with its step."""
        return [
            (row.validation_bits, row.step) for row in self.rows if row.validation_bits is not None
        ]


def read_run_state(run: RunDirectory) -> RunState:
    """Read the metrics, and look whether another process trains the run."""
    rows: Sequence[MetricsRow] = ()
    problem = ""
    try:
        rows = Metrics.read(run.metrics, last_step=sys.maxsize).rows
    except OSError as error:
        problem = f"{run.metrics} cannot be read: {error}"
    except UsageError as error:
        problem = str(error)
    if _is_being_trained(run):
        return RunState(rows, "training", "being trained by another process")
    if problem:
        return RunState(rows, "unreadable", problem)
    if not rows:
        return RunState(rows, "untrained", "not trained yet: it has no metrics")
    if rows[-1].learning_rate > _ENDED * max(row.learning_rate for row in rows):
        return RunState(rows, "unfinished", "stopped before the end of its schedule")
    return RunState(rows, "finished", "trained to the end of its schedule")


def _is_being_trained(run: RunDirectory) -> bool:
    if not run.lock_file.exists():
        return False
    try:
        with file_lock(run.lock_file):
            return False
    except BlockingIOError:
        return True
    except OSError:  # a directory that cannot be written to is not being trained
        return False
