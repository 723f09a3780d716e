"""Draw values over time: panels one above the other, with a common time axis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from tuneloom.corpus.statistics.charts import DPI, FAINT, INK, WIDTH

__all__ = ["Panel", "curves_svg", "draw_curves"]


@dataclass(frozen=True, slots=True)
class Panel:
    """Curves with a common axis: for each name, the times and the values."""

    title: str
    curves: Mapping[str, tuple[Sequence[float], Sequence[float]]]
    top: float | None = None
    """The upper end of the axis; it follows from the values if None."""


@dataclass(frozen=True, slots=True)
class _Palette:
    ink: str
    faint: str
    curves: tuple[str, ...]


_ON_WHITE = _Palette(INK, FAINT, ("#2a6f77", "#e0b04c", "#b5483a"))
_ON_ANY = _Palette("#808080", "#80808050", ("#3a9aa5", "#d99a2b", "#cf5f4f"))
_FEW = 12  # points, which are marked: one alone has no line


def draw_curves(path: Path, panels: Sequence[Panel], time: str) -> None:
    """Write a PNG with the panels. `time` is the label of the common axis. Raises OSError."""
    _draw_panels(panels, time, _ON_WHITE).savefig(path, dpi=DPI, facecolor="white", format="png")


def curves_svg(panels: Sequence[Panel], time: str) -> str:
    """The same as SVG without a background, in colours for light and dark ones."""
    drawn = StringIO()
    with rc_context(
        {"svg.fonttype": "none", "svg.hashsalt": "tuneloom"}
    ):  # small, and the same again
        figure = _draw_panels(panels, time, _ON_ANY)
        figure.savefig(drawn, facecolor="none", format="svg", metadata={"Date": None})
    return drawn.getvalue()


def _draw_panels(panels: Sequence[Panel], time: str, palette: _Palette) -> Figure:
    figure = Figure(figsize=(WIDTH, 2.4 * len(panels)), layout="constrained")
    axes = figure.subplots(len(panels), 1, sharex=True, squeeze=False)[:, 0]
    for panel, each in zip(panels, axes, strict=True):
        _paint(each, panel, palette)
    axes[-1].set_xlabel(time, color=palette.ink, fontsize=9)
    return figure


def _paint(axes: Axes, panel: Panel, palette: _Palette) -> None:
    axes.set_facecolor("none")
    axes.set_title(panel.title, loc="left", fontsize=10, color=palette.ink)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.spines["bottom"].set_color(palette.faint)
    axes.tick_params(colors=palette.ink, length=0, labelsize=9)
    axes.grid(axis="y", color=palette.faint, linewidth=0.8)
    for colour, (name, (times, values)) in zip(palette.curves, panel.curves.items(), strict=False):
        (line,) = axes.plot(times, values, color=colour, linewidth=1.6, markersize=4, label=name)
        line.set_marker("o" if len(times) < _FEW else "")
    if panel.top is not None:
        axes.set_ylim(0, panel.top)
    if any(len(times) for times, _ in panel.curves.values()):
        axes.legend(frameon=False, fontsize=9, labelcolor=palette.ink)
