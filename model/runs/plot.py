"""The metrics of a run as a picture, RUN/progress.png."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tuneloom.corpus.statistics.curves import Panel, draw_curves
from tuneloom.model.runs.metrics import MetricsRow
from tuneloom.model.runtime.atomic import atomic_output

__all__ = ["draw_progress"]

_SKIPPED_ROWS = 5
"""Training rows left out at the start: their high loss would flatten the rest of the curve."""


def draw_progress(path: Path, rows: Sequence[MetricsRow]) -> None:
    """Draw bits per character and the percentages of valid samples over the minutes of a run."""
    bits = Panel(
        "Bits per character",
        {
            "training": _metric_curve(rows[_SKIPPED_ROWS:], "train_bits"),
            "validation": _metric_curve(rows, "validation_bits"),
        },
    )
    percentages = Panel(
        "Percent of the tunes it draws",
        {
            "parseable": _metric_curve(rows, "parseable"),
            "every bar full": _metric_curve(rows, "metrical"),
        },
        top=102,
    )
    with atomic_output(path) as temporary:
        draw_curves(temporary, [bits, percentages], "minutes")


def _metric_curve(rows: Sequence[MetricsRow], column: str) -> tuple[list[float], list[float]]:
    found = [(row.seconds / 60, getattr(row, column)) for row in rows]
    found = [(minute, value) for minute, value in found if value is not None]
    return [minute for minute, _ in found], [value for _, value in found]
