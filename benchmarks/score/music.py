"""What the score hears in real tunes, in those that other networks wrote, and in yours, as a Markdown table.

Arguments: files of tunes, such as those of `tuneloom generate`, each of which becomes a column; `--against`
and a data set (default: `data/folk`). The first columns are its validation split, two collections, the tunes
that three networks of other projects wrote, and 1,000 draws from the Markov model of the training split. A
cell has half the width of the 95% interval.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from pathlib import Path

from benchmarks.support.data_sets import data_set
from benchmarks.support.peer_tunes import PEER_TUNES
from tuneloom.model.score.figures.catalogue import FIGURES
from tuneloom.model.score.figures.figure import Figure, MeasuredTunes
from tuneloom.model.score.reports.reference import read_reference_tunes
from tuneloom.model.score.reports.reference_sets import reference_set
from tuneloom.model.score.tunes.analysis import analyse_tunes
from tuneloom.model.score.tunes.collections import NamedTuneSet, read_collection

_SECTIONS = "", "structure", "tonality"
_COLLECTIONS = "nottingham", "irish"
_WORKERS = os.cpu_count() or 1


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="benchmarks music", description=__doc__)
    parser.add_argument("files", nargs="*")
    parser.add_argument("--against", type=Path, help="a data set (default: data/folk)")
    options = parser.parse_args(arguments)
    data = options.against or data_set("folk", "--source", "folk")
    figures = {name: figure for name, figure in FIGURES.items() if _is_shown(name, figure)}
    headings, columns = [""], [[figure.comparison_label or "" for figure in figures.values()]]
    for collection in _collections(data, options.files):
        measured = _measured(collection)
        headings.append(f"{collection.name} ({measured.total:,})")
        columns.append([_value_text(figure, measured) for figure in figures.values()])
    rule = ["---", *["--:"] * (len(headings) - 1)]
    for row in [headings, rule, *zip(*columns, strict=True)]:
        print(f"| {' | '.join(row)} |")


def _is_shown(name: str, figure: Figure) -> bool:
    """Whether a figure is of these tunes alone, and needs no player."""
    section = name.rpartition(".")[0]
    return bool(figure.comparison_label) and section in _SECTIONS and name != "playable"


def _collections(data: Path, files: list[str]) -> Iterator[NamedTuneSet]:
    real = read_reference_tunes(data, _WORKERS)
    yield reference_set("validation", real)
    yield from map(read_collection, _COLLECTIONS)
    for name, published in PEER_TUNES.items():
        yield NamedTuneSet(name, read_collection(str(published.path())).tunes)
    yield NamedTuneSet("Markov", reference_set("markov", real).tunes)
    for file in files:
        yield NamedTuneSet(file, read_collection(file).tunes)


def _measured(collection: NamedTuneSet) -> MeasuredTunes:
    tunes = analyse_tunes(collection.tunes.tunes, _WORKERS)
    return MeasuredTunes(tunes, first_copies=(), requested=collection.tunes.requested)


def _value_text(figure: Figure, measured: MeasuredTunes) -> str:
    value = figure.measure(measured)
    estimate = value.estimate if value else None
    if not estimate:
        return "–"
    half = (estimate.high - estimate.low) / 2
    return f"{estimate.value:.{figure.digits}f} ± {half:.{figure.digits}f}"
