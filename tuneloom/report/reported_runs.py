"""The runs of a report, each with a name of its own, how far it has come, and what it drew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tuneloom.grammar.errors import UsageError
from tuneloom.model.runs.directory import RunDirectory
from tuneloom.model.runs.run_state import RunState, read_run_state
from tuneloom.model.score.reports.report import Score

__all__ = ["ReportedDraws", "ReportedRun", "open_reported_runs"]


@dataclass(frozen=True, slots=True)
class ReportedDraws:
    """The score of tunes, how they came about in a sentence, and the commands that draw them again."""

    score: Score
    origin: str
    file: str
    commands: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportedRun:
    """A run; `draws` is None, and `undrawn` says why, if there are no tunes of it."""

    name: str
    directory: RunDirectory
    state: RunState
    draws: ReportedDraws | None = None
    undrawn: str = ""

    @property
    def is_learned(self) -> bool:
        """Whether there is a network to draw from."""
        return self.directory.model.is_file()


def open_reported_runs(paths: Sequence[Path]) -> list[ReportedRun]:
    """Open runs, and read their metrics. Runs of one name are called by their paths.

    Raises:
        UsageError: one of them is not a run, or is there twice.
    """
    places = [path.resolve() for path in paths]
    if again := next((path for path in paths if places.count(path.resolve()) > 1), None):
        raise UsageError(f"{again}: named twice; name each run once")
    opened = [RunDirectory.open(path) for path in paths]
    names = [run.name for run in opened]
    return [
        ReportedRun(str(path) if names.count(run.name) > 1 else run.name, run, read_run_state(run))
        for path, run in zip(paths, opened, strict=True)
    ]
