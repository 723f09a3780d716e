"""`tuneloom score`: how many tunes of a file are valid, and how original they are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tuneloom.cli.command import against_option, column_option, command, path_type
from tuneloom.grammar.errors import GateMissed
from tuneloom.grammar.processes import usable_cores

if TYPE_CHECKING:
    from tuneloom.model.score import Rate

__all__ = ["score_command"]


@command(
    "score",
    "tuneloom score tunes.abc",
    "tuneloom score tunes.abc --against data/folk",
    "tuneloom score answers.jsonl --column output",
    "tuneloom score tunes.abc --output-format csv > tunes.csv",
    "tuneloom score tunes.abc --min-parseable 95",
)
@click.argument("file", metavar="FILE", type=path_type(), help="A tunebook, or a table of tunes.")
@against_option
@column_option
@click.option(
    "--output-format",
    type=click.Choice(["table", "json", "csv"]),
    default="table",
    help="Tables, one JSON object, or CSV with a row for each tune.",
)
@click.option(
    "--playable",
    metavar="N",
    type=click.IntRange(0),
    default=0,
    help="Also have abc2midi and music21 play N of the tunes.",
)
@click.option(
    "--min-parseable",
    metavar="P",
    type=click.FloatRange(0, 100),
    help="Exit with 3 if less than P percent of the tunes are parseable.",
)
def score_command(
    file: Path,
    against: Path | None,
    column: str,
    output_format: str,
    playable: int,
    min_parseable: float | None,
) -> None:
    """Score the tunes of a file.

    Prints the share of parseable tunes with its 95% interval, the other levels of validity, how many
    bars are full, and the errors by code.
    """
    from tuneloom.cli.score.score_table import print_score
    from tuneloom.model.score import score_file

    found = score_file(file, against, playable, usable_cores(), column)
    for orphan in found.orphans:
        click.echo(f"warning: {file}:{orphan.line}: {orphan.message}; it is not scored", err=True)
    for fault in found.faults:
        click.echo(f"warning: {fault}; it counts as not parseable", err=True)
    if output_format == "json":
        click.echo(json.dumps(found.to_json(), indent=2))
    elif output_format == "csv":
        from tuneloom.model.score.reports.tune_table import tune_table

        click.echo(tune_table(found).to_csv(index=False), nl=False)
    else:
        print_score(found)
    if min_parseable is not None:
        _check_threshold(found.tally.parseable, min_parseable)


def _check_threshold(parseable: Rate, threshold: float) -> None:
    if parseable.percent is None or parseable.percent < threshold:
        share = f"{parseable.count} of {parseable.total} tunes"
        raise GateMissed(f"{share} are parseable, and --min-parseable asks for {threshold:g}%")
