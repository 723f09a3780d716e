"""Statistics as pictures: PNG charts that say one thing each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from tuneloom.corpus.statistics.tables import Statistics

__all__ = ["draw_charts"]

# The three fates, and a row of levels from light to dark; both read well without colour too.
FATES = {"taken": "#2a6f77", "duplicates": "#e0b04c", "rejected": "#b5483a"}
LEVELS = ("#b9d8d6", "#84b8b8", "#4e9296", "#2a6f77", "#e0b04c")
INK, FAINT = "#333333", "#dddddd"
MOST_BARS = 16
FEWEST_ROWS = 3  # that a chart has room for, so that a single bar is no giant
WIDTH, DPI = 7.2, 160


def draw_charts(statistics: Statistics, characters: Sequence[int], folder: Path) -> list[Path]:
    """Write a PNG for each chart that there is something to say on, and return their paths.

    `characters` is the length of each tune. Raises OSError where nothing can be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    counted = {
        "keys": (statistics.keys, "Keys"),
        "metres": (statistics.meters, "Metres"),
        "rhythms": (statistics.rhythms, "Rhythms"),
        "repairs": (statistics.repairs, "Repairs made"),
        "rejects": (statistics.rejects, "Why tunes were rejected"),
    }
    if not len(statistics.sources):
        return []
    paths = [
        _draw(folder / "sources.png", len(statistics.sources), _fates_chart(statistics.sources)),
        _draw(folder / "levels.png", 2 * len(statistics.levels), _levels_chart(statistics.levels)),
        _draw(folder / "lengths.png", 10, _lengths(pd.Series(characters, dtype=int))),
    ]
    for name, (table, title) in counted.items():
        if len(table):
            shown = table["tunes"].head(MOST_BARS)
            paths.append(
                _draw(folder / f"{name}.png", len(shown), _bar_chart(table["tunes"], title))
            )
    return paths


def _draw(path: Path, rows: int, paint: Callable[[Axes], None]) -> Path:
    figure = Figure(figsize=(WIDTH, 1.1 + 0.27 * max(rows, FEWEST_ROWS)), layout="constrained")
    axes = figure.add_subplot()
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.spines["bottom"].set_color(FAINT)
    axes.tick_params(colors=INK, length=0, labelsize=9)
    axes.set_axisbelow(True)
    paint(axes)
    figure.savefig(path, dpi=DPI, facecolor="white")
    return path


def _bar_chart(counts: pd.Series, title: str) -> Callable[[Axes], None]:
    def paint(axes: Axes) -> None:
        shown = counts.head(MOST_BARS)
        left = len(counts) - len(shown)
        _title(axes, title + (f" (the {MOST_BARS} most frequent of {len(counts)})" if left else ""))
        bars = axes.barh(list(map(str, shown.index)), shown, color=FATES["taken"], height=0.72)
        axes.bar_label(bars, [f"{count:,}" for count in shown], padding=4, fontsize=8, color=INK)
        _from_the_top(axes, len(shown))
        axes.xaxis.set_visible(False)
        axes.spines["bottom"].set_visible(False)

    return paint


def _fates_chart(sources: pd.DataFrame) -> Callable[[Axes], None]:
    def paint(axes: Axes) -> None:
        _title(axes, "What became of the tunes of each source")
        start = pd.Series(0, index=sources.index)
        for fate, color in FATES.items():
            axes.barh(sources.index, sources[fate], left=start, color=color, label=fate, height=0.7)
            start += sources[fate]
        for place, total in enumerate(start):
            axes.annotate(
                f" {total:,}", (total, place), va="center", fontsize=8, color=INK, xytext=(3, 0),
                textcoords="offset points",
            )  # fmt: skip
        _from_the_top(axes, len(start))
        axes.xaxis.set_visible(False)
        axes.spines["bottom"].set_visible(False)
        _legend_below(axes)

    return paint


def _levels_chart(levels: pd.DataFrame) -> Callable[[Axes], None]:
    def paint(axes: Axes) -> None:
        _title(axes, "Percent of each source's tunes that reach a level as found")
        height = 0.8 / len(levels.columns)
        for number, (level, color) in enumerate(zip(levels.columns, LEVELS, strict=True)):
            places = [place - 0.4 + (number + 0.5) * height for place in range(len(levels))]
            axes.barh(places, levels[level], height=height * 0.92, color=color, label=level)
        axes.set_yticks(range(len(levels)), list(levels.index))
        axes.set_xlim(0, 100)
        axes.grid(axis="x", color=FAINT, linewidth=0.6)
        axes.invert_yaxis()
        _legend_below(axes)

    return paint


def _lengths(characters: pd.Series) -> Callable[[Axes], None]:
    def paint(axes: Axes) -> None:
        most = int(characters.quantile(0.99)) if len(characters) else 0
        what = "Tunes by the length of their training text, in characters"
        _title(axes, f"{what} (at the right end: {most:,} and more)" if most else what)
        if most:
            axes.hist(characters.clip(upper=most), bins=48, color=FATES["taken"], rwidth=0.92)
            axes.axvline(characters.median(), color=FATES["rejected"], linewidth=1.2)
            axes.annotate(
                f"median {characters.median():,.0f}", (characters.median(), 1), fontsize=8,
                xycoords=("data", "axes fraction"), xytext=(5, -8), textcoords="offset points",
                color=FATES["rejected"],
            )  # fmt: skip
        for axis in (axes.xaxis, axes.yaxis):
            axis.set_major_locator(
                MaxNLocator("auto", steps=[1, 2, 5, 10], integer=True, min_n_ticks=1)
            )
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
        axes.grid(axis="y", color=FAINT, linewidth=0.6)

    return paint


def _from_the_top(axes: Axes, bars: int) -> None:
    """Set bars one below the other, each as thick as in a chart of many."""
    axes.set_ylim(max(bars, FEWEST_ROWS) - 0.5, -0.5)


def _legend_below(axes: Axes) -> None:
    axes.figure.legend(
        *axes.get_legend_handles_labels(),
        frameon=False,
        fontsize=8,
        ncols=5,
        loc="outside lower center",
    )


def _title(axes: Axes, text: str) -> None:
    axes.set_title(text, loc="left", fontsize=11, color=INK, pad=10)
