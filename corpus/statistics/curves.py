"""Draw values over time: panels one above the other, with a common time axis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from tuneloom.corpus.statistics.charts import DPI, FAINT, INK, WIDTH

__all__ = ["Panel", "draw_curves"]

_COLOURS = ("#2a6f77", "#e0b04c", "#b5483a")


@dataclass(frozen=True, slots=True)
class Panel:
    """Curves with a common axis: for each name, the times and the values."""

    title: str
    curves: Mapping[str, tuple[Sequence[float], Sequence[float]]]
    top: float | None = None
    """The upper end of the axis; it follows from the values if None."""


def draw_curves(path: Path, panels: Sequence[Panel], time: str) -> None:
    """Write a PNG with the panels. `time` is the label of the common axis. Raises OSError."""
    figure = Figure(figsize=(WIDTH, 2.4 * len(panels)), layout="constrained")
    axes = figure.subplots(len(panels), 1, sharex=True, squeeze=False)[:, 0]
    for panel, each in zip(panels, axes, strict=True):
        _paint(each, panel)
    axes[-1].set_xlabel(time, color=INK, fontsize=9)
    figure.savefig(path, dpi=DPI, facecolor="white", format="png")


def _paint(axes: Axes, panel: Panel) -> None:
    axes.set_title(panel.title, loc="left", fontsize=10, color=INK)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.spines["bottom"].set_color(FAINT)
    axes.tick_params(colors=INK, length=0, labelsize=9)
    axes.grid(axis="y", color=FAINT, linewidth=0.8)
    for colour, (name, (times, values)) in zip(_COLOURS, panel.curves.items(), strict=False):
        axes.plot(times, values, color=colour, linewidth=1.6, label=name)
    if panel.top is not None:
        axes.set_ylim(0, panel.top)
    if any(len(times) for times, _ in panel.curves.values()):
        axes.legend(frameon=False, fontsize=9, labelcolor=INK)
