"""Draw values over time: panels one above the other, with a common time axis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import cycle, product
from pathlib import Path

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from tuneloom.corpus.statistics.charts import DPI, FAINT, INK, WIDTH

__all__ = ["Panel", "curves_svg", "draw_curves", "time_unit"]

_UNITS = (("seconds", 1, 180), ("minutes", 60, 10_800), ("hours", 3600, 259_200))
"""Units of time, their seconds, and up to how many seconds an axis is in them; beyond, it is in days."""


@dataclass(frozen=True, slots=True)
class Panel:
    """Curves with a common axis: for each name, the times in seconds and the values."""

    title: str
    curves: Mapping[str, tuple[Sequence[float], Sequence[float]]]
    top: float | None = None
    """The upper end of the axis; it follows from the values if None."""


@dataclass(frozen=True, slots=True)
class _Palette:
    ink: str
    faint: str
    curves: tuple[str, ...]


_ON_WHITE = _Palette(INK, FAINT, ("#2a6f77", "#e0b04c", "#b5483a", "#6b5ca5", "#7a8f3c", "#8a6a4f"))
_ON_ANY = _Palette(
    "#808080", "#80808050", ("#3a9aa5", "#d99a2b", "#cf5f4f", "#8f7fd1", "#8aa544", "#a9825f")
)
_LINES = ("-", "--", ":", "-.")  # once the colours are used up, they come again in another of these
_FEW = 12  # points, which are marked: one alone has no line


def draw_curves(path: Path, panels: Sequence[Panel]) -> None:
    """Write a PNG with the panels. The axis is in seconds, minutes, hours or days. Raises OSError."""
    _draw_panels(panels, _ON_WHITE).savefig(path, dpi=DPI, facecolor="white", format="png")


def curves_svg(panels: Sequence[Panel]) -> str:
    """The same as SVG without a background, in colours for light and dark ones."""
    drawn = StringIO()
    with rc_context(
        {"svg.fonttype": "none", "svg.hashsalt": "tuneloom"}
    ):  # small, and the same again
        figure = _draw_panels(panels, _ON_ANY)
        figure.savefig(drawn, facecolor="none", format="svg", metadata={"Date": None})
    return drawn.getvalue()


def time_unit(seconds: float) -> tuple[str, int]:
    """The unit that a stretch of time is told in, and how many seconds it has."""
    return next(((name, unit) for name, unit, most in _UNITS if seconds <= most), ("days", 86_400))


def _draw_panels(panels: Sequence[Panel], palette: _Palette) -> Figure:
    longest = max((t for p in panels for times, _ in p.curves.values() for t in times), default=0)
    name, unit = time_unit(longest)
    figure = Figure(figsize=(WIDTH, 2.4 * len(panels)), layout="constrained")
    axes = figure.subplots(len(panels), 1, sharex=True, squeeze=False)[:, 0]
    for panel, each in zip(panels, axes, strict=True):
        _paint(each, panel, palette, unit)
    axes[-1].set_xlim(left=0)
    axes[-1].set_xlabel(name, color=palette.ink, fontsize=9)
    return figure


def _paint(axes: Axes, panel: Panel, palette: _Palette, unit: int) -> None:
    axes.set_facecolor("none")
    axes.set_title(panel.title, loc="left", fontsize=10, color=palette.ink)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.spines["bottom"].set_color(palette.faint)
    axes.tick_params(colors=palette.ink, length=0, labelsize=9)
    axes.grid(axis="y", color=palette.faint, linewidth=0.8)
    styles = product(_LINES, palette.curves)
    for (dashes, colour), (name, (times, values)) in zip(
        cycle(styles), panel.curves.items(), strict=False
    ):
        shown = [time / unit for time in times]
        (line,) = axes.plot(
            shown, values, dashes, color=colour, linewidth=1.6, markersize=4, label=name
        )
        line.set_marker("o" if len(times) < _FEW else "")
    if panel.top is not None:
        axes.set_ylim(0, panel.top)
    if any(len(times) for times, _ in panel.curves.values()):
        axes.legend(frameon=False, fontsize=9, labelcolor=palette.ink)
