"""Statistics as PNG charts, each of which shows one thing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from tuneloom.corpus.statistics.tables import Statistics

__all__ = ["draw_charts"]

# The three outcomes, and the levels from light to dark; both can be told apart without colour.
OUTCOME_COLOURS = {"taken": "#2a6f77", "duplicates": "#e0b04c", "rejected": "#b5483a"}
LEVEL_COLOURS = ("#b9d8d6", "#84b8b8", "#4e9296", "#2a6f77", "#e0b04c")
INK, FAINT = "#333333", "#dddddd"
MAX_BARS = 16
MIN_ROWS = 3  # that a chart has room for, so that a single bar is not huge
WIDTH, DPI = 7.2, 160


def draw_charts(statistics: Statistics, characters: Sequence[int], folder: Path) -> list[Path]:
    """Write a PNG for each chart that has something to show, and return the paths.

    `characters` is the length of each tune.

    Raises:
        OSError: a file cannot be written.
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
        _save_chart(
            folder / "sources.png", len(statistics.sources), _outcome_bars(statistics.sources)
        ),
        _save_chart(
            folder / "levels.png", 2 * len(statistics.levels), _level_bars(statistics.levels)
        ),
        _save_chart(
            folder / "lengths.png", 10, _length_histogram(pd.Series(characters, dtype=int))
        ),
    ]
    for name, (table, title) in counted.items():
        if len(table):
            shown = table["tunes"].head(MAX_BARS)
            paths.append(
                _save_chart(
                    folder / f"{name}.png", len(shown), _frequency_bars(table["tunes"], title)
                )
            )
    return paths


def _save_chart(path: Path, rows: int, paint: Callable[[Axes], None]) -> Path:
    figure = Figure(figsize=(WIDTH, 1.1 + 0.27 * max(rows, MIN_ROWS)), layout="constrained")
    axes = figure.add_subplot()
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.spines["bottom"].set_color(FAINT)
    axes.tick_params(colors=INK, length=0, labelsize=9)
    axes.set_axisbelow(True)
    paint(axes)
    figure.savefig(path, dpi=DPI, facecolor="white")
    return path


def _frequency_bars(counts: pd.Series, title: str) -> Callable[[Axes], None]:
    def paint(axes: Axes) -> None:
        shown = counts.head(MAX_BARS)
        left = len(counts) - len(shown)
        _title(axes, title + (f" (the {MAX_BARS} most frequent of {len(counts)})" if left else ""))
        bars = axes.barh(
            list(map(str, shown.index)), shown, color=OUTCOME_COLOURS["taken"], height=0.72
        )
        axes.bar_label(bars, [f"{count:,}" for count in shown], padding=4, fontsize=8, color=INK)
        _from_the_top(axes, len(shown))
        axes.xaxis.set_visible(False)
        axes.spines["bottom"].set_visible(False)

    return paint


def _outcome_bars(sources: pd.DataFrame) -> Callable[[Axes], None]:
    def paint(axes: Axes) -> None:
        _title(axes, "What became of the tunes of each source")
        start = pd.Series(0, index=sources.index)
        for outcome, color in OUTCOME_COLOURS.items():
            axes.barh(
                sources.index, sources[outcome], left=start, color=color, label=outcome, height=0.7
            )
            start += sources[outcome]
        for row, total in enumerate(start):
            axes.annotate(
                f" {total:,}", (total, row), va="center", fontsize=8, color=INK, xytext=(3, 0),
                textcoords="offset points",
            )  # fmt: skip
        _from_the_top(axes, len(start))
        axes.xaxis.set_visible(False)
        axes.spines["bottom"].set_visible(False)
        _legend_below(axes)

    return paint


def _level_bars(levels: pd.DataFrame) -> Callable[[Axes], None]:
    def paint(axes: Axes) -> None:
        _title(axes, "Percent of each source's tunes that reach a level as found")
        height = 0.8 / len(levels.columns)
        for number, (level, color) in enumerate(zip(levels.columns, LEVEL_COLOURS, strict=True)):
            rows = [row - 0.4 + (number + 0.5) * height for row in range(len(levels))]
            axes.barh(rows, levels[level], height=height * 0.92, color=color, label=level)
        axes.set_yticks(range(len(levels)), list(levels.index))
        axes.set_xlim(0, 100)
        axes.grid(axis="x", color=FAINT, linewidth=0.6)
        axes.invert_yaxis()
        _legend_below(axes)

    return paint


def _length_histogram(characters: pd.Series) -> Callable[[Axes], None]:
    def paint(axes: Axes) -> None:
        longest = int(characters.quantile(0.99)) if len(characters) else 0
        what = "Tunes by the length of their training text, in characters"
        _title(axes, f"{what} (at the right end: {longest:,} and more)" if longest else what)
        if longest:
            axes.hist(
                characters.clip(upper=longest), bins=48, color=OUTCOME_COLOURS["taken"], rwidth=0.92
            )
            axes.axvline(characters.median(), color=OUTCOME_COLOURS["rejected"], linewidth=1.2)
            axes.annotate(
                f"median {characters.median():,.0f}", (characters.median(), 1), fontsize=8,
                xycoords=("data", "axes fraction"), xytext=(5, -8), textcoords="offset points",
                color=OUTCOME_COLOURS["rejected"],
            )  # fmt: skip
        for axis in (axes.xaxis, axes.yaxis):
            axis.set_major_locator(
                MaxNLocator("auto", steps=[1, 2, 5, 10], integer=True, min_n_ticks=1)
            )
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
        axes.grid(axis="y", color=FAINT, linewidth=0.6)

    return paint


def _from_the_top(axes: Axes, bars: int) -> None:
    """Draw bars from the top, each as thick as in a chart with many."""
    axes.set_ylim(max(bars, MIN_ROWS) - 0.5, -0.5)


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
