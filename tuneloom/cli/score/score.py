"""`tuneloom score`: how good are these tunes, counted honestly."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from tuneloom.grammar.errors import GateMissed

if TYPE_CHECKING:
    from tuneloom.model.score import Rate

__all__ = ["score"]


def score(
    file: Annotated[Path, typer.Argument(metavar="FILE.abc", help="Tunes to score.")],
    against: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="A data set; its real tunes stand beside these."),
    ] = None,
    output_format: Annotated[
        Literal["table", "json", "csv"],
        typer.Option(help="For people, for programs, or a row for each tune."),
    ] = "table",
    playable: Annotated[
        int,
        typer.Option(metavar="N", min=0, help="Play N of the tunes by abc2midi and music21."),
    ] = 0,
    min_parseable: Annotated[
        float | None,
        typer.Option(metavar="P", min=0, max=100, help="Exit 3 below P percent parseable."),
    ] = None,
) -> None:
    """Say what share of the tunes in a file is parseable, with its 95% interval and the errors."""
    from tuneloom.cli.score.score_table import print_score
    from tuneloom.model.score import score_file

    found = score_file(file, against, playable, workers=os.cpu_count() or 1)
    if output_format == "json":
        typer.echo(json.dumps(found.to_json(), indent=2))
    elif output_format == "csv":
        from tuneloom.model.score.reports.rows import rows_of

        typer.echo(rows_of(found).to_csv(index=False), nl=False)
    else:
        print_score(found)
    if min_parseable is not None:
        _hold(found.tally.parseable, min_parseable)


def _hold(parseable: Rate, least: float) -> None:
    if parseable.percent is None or parseable.percent < least:
        share = f"{parseable.count} of {parseable.total} tunes"
        raise GateMissed(f"{share} are parseable, and --min-parseable asks for {least:g}%")
