"""The progress of training: a bar on a terminal and in a notebook, else a line every 20 seconds."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

from tuneloom.grammar.notebook_line import notebook_line

if TYPE_CHECKING:
    from tuneloom.model.training.trainer import TrainingStatus

__all__ = ["TrainingBar"]

_RECENT_SECONDS = 10.0
_PLAIN_SECONDS = 20.0
_SMOOTHING = 0.05


class TrainingBar(Progress):
    """Shows the share of the budget spent, characters per second, bits per character and the time left.

    On standard error, but for a notebook, which keeps the bar. `quiet` shows nothing.
    """

    def __init__(self, *, quiet: bool = False) -> None:
        super().__init__(
            TextColumn("training"),
            BarColumn(bar_width=24),
            TaskProgressColumn(),
            TextColumn("{task.fields[figures]}"),
            console=Console(stderr=True, quiet=quiet),
            transient=True,
        )
        self._notebook = None if quiet else notebook_line()
        self.disable = quiet or self._notebook is not None or not self.console.is_terminal
        self._task = self.add_task("training", total=1.0, figures="starting")
        self._bits: float | None = None
        self._recent: deque[tuple[float, int]] = deque()
        self._line_due: float | None = None

    def tell(self, text: str) -> None:
        """Print lines above the bar."""
        self.console.print(text, highlight=False, markup=False, soft_wrap=True)

    def stop(self) -> None:
        super().stop()
        if self._notebook:
            self._notebook.finish()

    def show(self, status: TrainingStatus) -> None:
        """Update the bar after a step."""
        bits = status.bits if self._bits is None else self._bits
        self._bits = bits + _SMOOTHING * (status.bits - bits)
        self._recent.append((status.progress.seconds, status.progress.characters))
        figures = self._figures_text(status)
        self.update(self._task, completed=min(1.0, status.spent), figures=figures)
        if self._notebook:
            self._notebook.show(f"training {status.spent:.0%}: {figures}", status.spent)
        elif self.disable:
            self._print_line(f"{status.spent:4.0%}  {figures}", status.progress.seconds)

    def _print_line(self, line: str, seconds: float) -> None:
        """Print a line if the last one was long enough ago."""
        if self._line_due is None:
            self._line_due = seconds + _PLAIN_SECONDS
        if seconds >= self._line_due:
            self.console.print(line, highlight=False, soft_wrap=True)
            self._line_due = seconds + _PLAIN_SECONDS

    def _figures_text(self, status: TrainingStatus) -> str:
        figures = [f"{self._recent_speed():,.0f} chars/s", f"{self._bits:.2f} bits/char"]
        if status.validation_bits is not None:
            figures.append(f"validation {status.validation_bits:.2f}")
        if status.parseable is not None:
            figures.append(f"{status.parseable:.0f}% parseable")
        return ", ".join([*figures, f"{_clock(status.seconds_left)} left"])

    def _recent_speed(self) -> float:
        """Characters per second in the last ten seconds."""
        now, learned = self._recent[-1]
        while len(self._recent) > 2 and now - self._recent[0][0] > _RECENT_SECONDS:
            self._recent.popleft()
        then, before = self._recent[0]
        return (learned - before) / (now - then) if now > then else 0.0


def _clock(seconds: float) -> str:
    minutes, seconds = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
