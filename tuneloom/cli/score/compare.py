"""`tuneloom compare`: the scores of several collections side by side."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from tuneloom.cli.command import NamedPath, against_option, column_option, command
from tuneloom.grammar.errors import UsageError
from tuneloom.grammar.processes import usable_cores

if TYPE_CHECKING:
    from tuneloom.model.score.reports.comparison import ComparisonForm, TestedPairs
    from tuneloom.model.score.reports.reference_sets import ReferenceSet

__all__ = ["compare_command"]


@command(
    "compare",
    "tuneloom compare first.abc second.abc",
    "tuneloom compare tunes.abc nottingham --against data/folk",
    "tuneloom compare tunes.abc --against data/folk --reference markov",
    "tuneloom compare a.abc b.abc --label ours --label theirs --test pairs",
    "tuneloom compare seed*.abc lab.abc --label ours --label ours --label lab",
    "tuneloom compare a.abc b.abc --output-format latex > table.tex",
)
@click.argument(
    "files",
    metavar="FILE...",
    nargs=-1,
    required=True,
    type=NamedPath(),
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
@click.option(
    "--label",
    "labels",
    metavar="TEXT",
    multiple=True,
    help="What to call a file; once for each file, in their order. Files of one label are runs of one "
    "system, such as its seeds, and become one column.",
)
@click.option(
    "--test",
    "tested",
    type=click.Choice(["pairs", "first"]),
    help="Test shares of tunes for differences: between each pair, or the first and every other.",
)
@click.option(
    "--output-format",
    type=click.Choice(["table", "json", "csv", "latex", "markdown"]),
    default="table",
    help="Tables for a terminal, one JSON object, CSV, or tables in LaTeX or Markdown.",
)
def compare_command(
    files: tuple[str, ...],
    against: Path | None,
    references: tuple[ReferenceSet, ...],
    column: str,
    labels: tuple[str, ...],
    tested: TestedPairs | None,
    output_format: Literal["table"] | ComparisonForm,
) -> None:
    """Score several files side by side.

    Each figure has its 95% interval. A star marks the best where the intervals do not overlap. --test adds
    two-proportion z tests with Holm's correction, Newcombe's intervals of the differences, and Cohen's h.
    """
    from tuneloom.cli.console import progress_of
    from tuneloom.cli.score.compare_table import print_comparison
    from tuneloom.model.score.reports.comparison import compare_scores, with_means_of_runs
    from tuneloom.model.score.reports.reference import read_reference_tunes
    from tuneloom.model.score.reports.reference_sets import reference_set
    from tuneloom.model.score.reports.scoring import score_tunes
    from tuneloom.model.score.tunes.collections import read_collection

    workers = usable_cores()
    if references and not against:
        raise UsageError("--reference needs a data set; name it with --against")
    if labels and len(labels) != len(files):
        raise UsageError(
            f"--label: {len(labels)} for {len(files)} files; give one for each, or none"
        )
    collections = [read_collection(file, column) for file in files]
    names = list(labels) or _distinct_names(files, [each.name for each in collections])
    real = read_reference_tunes(against, workers) if against else None
    if real:
        collections += [reference_set(kind, real) for kind in references]
    names += [each.name for each in collections[len(files) :]]
    scores = [
        score_tunes(each.tunes, real, workers=workers)
        for each in progress_of(collections, "scoring")
    ]
    references_shown = len(scores) - len(files)
    comparison = compare_scores(names, scores, references_shown, tested)
    if len(set(labels)) < len(labels):
        comparison = with_means_of_runs(comparison, references_shown)
    if output_format == "table":
        print_comparison(comparison)
    else:
        click.echo(comparison.to_text(output_format))


def _distinct_names(files: Sequence[str], names: Sequence[str]) -> list[str]:
    """The names, the whole path of a file whose name others have too, and a number if it is named twice."""
    paths = [
        file if names.count(name) > 1 else name for file, name in zip(files, names, strict=True)
    ]
    return [
        f"{path} ({paths[:place].count(path) + 1})" if path in paths[:place] else path
        for place, path in enumerate(paths)
    ]
