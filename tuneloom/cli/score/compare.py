"""`tuneloom compare`: the scores of several collections side by side."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tuneloom.cli.command import against_option, column_option, command
from tuneloom.grammar.errors import UsageError

if TYPE_CHECKING:
    from tuneloom.model.score.reports.reference_sets import ReferenceSet

__all__ = ["compare_command"]


@command(
    "compare",
    "tuneloom compare first.abc second.abc",
    "tuneloom compare tunes.abc nottingham --against data/folk",
    "tuneloom compare tunes.abc --against data/folk --reference markov",
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
@click.option(
    "--reference",
    "references",
    type=click.Choice(["validation", "markov"]),
    multiple=True,
    help="Also show the validation split, or draws from a Markov model of the training split.",
)
@column_option
def compare_command(
    files: tuple[str, ...],
    against: Path | None,
    references: tuple[ReferenceSet, ...],
    column: str,
) -> None:
    """Score several files side by side.

    Each figure has its 95% interval. A star marks the best where the intervals do not overlap.
    """
    from tuneloom.cli.score.compare_table import print_comparison
    from tuneloom.model.score.reports.comparison import compare_scores
    from tuneloom.model.score.reports.reference import read_reference_tunes
    from tuneloom.model.score.reports.reference_sets import reference_set
    from tuneloom.model.score.reports.scoring import score_tunes
    from tuneloom.model.score.tunes.collections import read_collection

    workers = os.cpu_count() or 1
    if references and not against:
        raise UsageError("--reference needs a data set; name it with --against")
    collections = [read_collection(file, column) for file in files]
    names = _distinct_names(files, [each.name for each in collections])
    real = read_reference_tunes(against, workers) if against else None
    if real:
        collections += [reference_set(kind, real) for kind in references]
    scores = [score_tunes(each.tunes, real, workers=workers) for each in collections]
    names += [each.name for each in collections[len(files) :]]
    sizes = [score.tally.tunes for score in scores]
    print_comparison(
        list(zip(names, sizes, strict=True)), compare_scores(scores, len(scores) - len(files))
    )


def _distinct_names(files: Sequence[str], names: Sequence[str]) -> list[str]:
    """The names, and the whole path of a file whose name others have too."""
    return [
        file if names.count(name) > 1 else name for file, name in zip(files, names, strict=True)
    ]
