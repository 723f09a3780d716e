"""The metrics of a run as a picture: RUN/progress.png, and SVG for notebooks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tuneloom.corpus.statistics.curves import Panel, curves_svg, draw_curves
from tuneloom.model.runs.metrics import MetricsRow
from tuneloom.model.runtime.atomic import atomic_output

__all__ = ["draw_progress", "metric_curve", "progress_svg"]

_SKIPPED_STEPS = 250
"""Steps left out at the start, a quarter at most: their high loss would flatten the rest of the curve."""


def draw_progress(path: Path, rows: Sequence[MetricsRow]) -> None:
    """Draw bits per character and the percentages of valid samples over the time of a run."""
    with atomic_output(path) as temporary:
        draw_curves(temporary, _panels(rows))


def progress_svg(rows: Sequence[MetricsRow]) -> str:
    """The same picture, without a background; empty if there is nothing to draw yet."""
    panels = _panels(rows)
    drawn = any(times for panel in panels for times, _ in panel.curves.values())
    return curves_svg(panels) if drawn else ""


def _panels(rows: Sequence[MetricsRow]) -> list[Panel]:
    bits = {
        "training": metric_curve(rows, "train_bits"),
        "validation": metric_curve(rows, "validation_bits"),
    }
    percentages = {
        "parseable": metric_curve(rows, "parseable"),
        "every bar full": metric_curve(rows, "metrical"),
    }
    return [
        Panel("Bits per character", bits),
        Panel("Percent of the tunes it draws", percentages, top=102),
    ]


def metric_curve(rows: Sequence[MetricsRow], column: str) -> tuple[list[float], list[float]]:
    """The seconds and the values of a column where it has any, without the first rows of training."""
    if column == "train_bits":
        skipped = min(_SKIPPED_STEPS, rows[-1].step // 4) if rows else 0
        rows = [row for row in rows if row.step > skipped]
    found = [(row.seconds, getattr(row, column)) for row in rows]
    found = [(second, value) for second, value in found if value is not None]
    return [second for second, _ in found], [value for _, value in found]
