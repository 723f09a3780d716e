"""The progress bar of a training run, on standard error."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

if TYPE_CHECKING:
    import model.training

__all__ = ["TrainingBar"]

_RECENT_SECONDS = 10.0
_SMOOTHING = 0.05


class TrainingBar(Progress):
    """Shows the part of the budget spent, chars/s, bits per character and the time left."""

    def __init__(self) -> None:
        super().__init__(
            TextColumn("training"),
            BarColumn(bar_width=24),
            TaskProgressColumn(),
            TextColumn("{task.fields[figures]}"),
            console=Console(stderr=True),
            transient=True,
        )
        self._task = self.add_task("training", total=1.0, figures="compiling")
        self._bits: float | None = None
        self._recent: deque[tuple[float, int]] = deque()

    def show(self, progress: model.training.Progress) -> None:
        """Show how the run stands after a step."""
        bits = self._bits if self._bits is not None else progress.bits
        self._bits = bits + _SMOOTHING * (progress.bits - bits)
        figures = [f"{self._speed(progress):,.0f} chars/s", f"{self._bits:.2f} bits/char"]
        if progress.validation_bits is not None:
            figures.append(f"validation {progress.validation_bits:.2f}")
        figures.append(f"{_clock(progress.seconds_left)} left")
        self.update(self._task, completed=min(1.0, progress.spent), figures=", ".join(figures))

    def _speed(self, progress: model.training.Progress) -> float:
        """Characters a second of late."""
        place = progress.place
        self._recent.append((place.seconds, place.characters))
        while place.seconds - self._recent[0][0] > _RECENT_SECONDS and len(self._recent) > 2:
            self._recent.popleft()
        then, before = self._recent[0]
        return (place.characters - before) / (place.seconds - then) if place.seconds > then else 0.0


def _clock(seconds: float) -> str:
    minutes, seconds = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
