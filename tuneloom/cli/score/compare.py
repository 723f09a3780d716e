"""`tuneloom compare`: the scores of several collections side by side."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

__all__ = ["compare"]


def compare(
    files: Annotated[
        list[str],
        typer.Argument(metavar="FILE.abc...", help="Tunes: files, directories or known sources."),
    ],
    against: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="A data set, to say how original the tunes are."),
    ] = None,
) -> None:
    """Score several files side by side, with 95% intervals; a winner stands out where they are apart."""
    from tuneloom.cli.score.compare_table import print_comparison
    from tuneloom.model.score.reports.reference import real_tunes
    from tuneloom.model.score.reports.scoring import score_tunes
    from tuneloom.model.score.statistics.comparison import compare as compare_scores
    from tuneloom.model.score.tunes.collections import read_collection

    workers = os.cpu_count() or 1
    collections = [read_collection(file) for file in files]
    real = real_tunes(against, workers) if against else None
    scores = [score_tunes(each.tunes, real, workers=workers) for each in collections]
    names = [
        (each.name, score.tally.tunes) for each, score in zip(collections, scores, strict=True)
    ]
    print_comparison(names, compare_scores(scores))
