"""`tuneloom compare`: the scores of several collections side by side."""

from __future__ import annotations

import os
from pathlib import Path

import click

from tuneloom.cli.command import against_option, column_option, command

__all__ = ["compare_command"]


@command(
    "compare",
    "tuneloom compare first.abc second.abc",
    "tuneloom compare tunes.abc nottingham --against data/folk",
)
@click.argument(
    "files",
    metavar="FILE...",
    nargs=-1,
    required=True,
    type=click.Path(),
    help="Tunebooks, tables of tunes, directories or named sources.",
)
@against_option
@column_option
def compare_command(files: tuple[str, ...], against: Path | None, column: str) -> None:
    """Score several files side by side.

    Each figure has its 95% interval. A star marks the best where the intervals do not overlap.
    """
    from tuneloom.cli.score.compare_table import print_comparison
    from tuneloom.model.score.reports.comparison import compare_scores
    from tuneloom.model.score.reports.reference import read_reference_tunes
    from tuneloom.model.score.reports.scoring import score_tunes
    from tuneloom.model.score.tunes.collections import read_collection

    workers = os.cpu_count() or 1
    collections = [read_collection(file, column) for file in files]
    real = read_reference_tunes(against, workers) if against else None
    scores = [score_tunes(each.tunes, real, workers=workers) for each in collections]
    names = [
        (each.name, score.tally.tunes) for each, score in zip(collections, scores, strict=True)
    ]
    print_comparison(names, compare_scores(scores))
