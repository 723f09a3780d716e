"""A run at a glance: RUN/progress.png."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tuneloom.corpus.statistics.curves import Panel, draw_curves
from tuneloom.model.runs.metrics import Row
from tuneloom.model.runtime.atomic import replacing

__all__ = ["draw_progress"]

_FIRST = 5
"""Rows at the beginning that are left out: they would press all others together."""


def draw_progress(path: Path, rows: Sequence[Row]) -> None:
    """Draw bits per character and the percentages of sound samples over the minutes of a run."""
    bits = Panel(
        "Bits per character",
        {
            "training": _curve(rows[_FIRST:], "train_bits"),
            "validation": _curve(rows, "validation_bits"),
        },
    )
    percentages = Panel(
        "Percent of the tunes it draws",
        {"parseable": _curve(rows, "parseable"), "every bar full": _curve(rows, "metrical")},
        top=102,
    )
    with replacing(path) as beside:
        draw_curves(beside, [bits, percentages], "minutes")


def _curve(rows: Sequence[Row], column: str) -> tuple[list[float], list[float]]:
    found = [(row.seconds / 60, getattr(row, column)) for row in rows]
    found = [(minute, value) for minute, value in found if value is not None]
    return [minute for minute, _ in found], [value for _, value in found]
