"""`tuneloom stats`: describes a data set or tunebooks in figures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tuneloom.cli.command import column_option, command, path_type

if TYPE_CHECKING:
    from tuneloom.corpus.record import Record
    from tuneloom.corpus.statistics.tables import Statistics

__all__ = ["stats_command"]


@command(
    "stats",
    "tuneloom stats data/folk",
    "tuneloom stats tunes.abc --charts charts",
    "tuneloom stats data/folk --output-format json > stats.json",
)
@click.argument(
    "path",
    metavar="PATH",
    type=path_type(),
    help="A data set, or files as for ingest: a tunebook, a table, an archive or a directory of them.",
)
@column_option
@click.option(
    "--charts", metavar="DIR", type=path_type(), help="Draw PNG charts in this directory."
)
@click.option(
    "--output-format",
    type=click.Choice(["table", "json"]),
    default="table",
    help="Tables, or all of them as one JSON object.",
)
def stats_command(path: Path, column: str, charts: Path | None, output_format: str) -> None:
    """Describe a data set or tunebooks in figures.

    Counts tunes by source, key, meter, rhythm, length, character, family, repair and reject.
    """
    records, found = _measure(path, column)
    if output_format == "json":
        import json

        tables = {
            name: json.loads(table.to_json(orient="index"))
            for name, table in found.tables().items()
        }
        click.echo(json.dumps(tables, ensure_ascii=False, indent=2))
    else:
        _print_tables(found)
    if charts:
        from tuneloom.corpus.statistics.charts import draw_charts

        for drawn in draw_charts(found, [len(record.abc) for record in records], charts):
            click.echo(str(drawn), err=output_format == "json")


def _measure(path: Path, column: str) -> tuple[list[Record], Statistics]:
    from tuneloom.corpus.statistics.tables import statistics
    from tuneloom.pipeline.dataset.files import COMPLETED, MANIFEST

    if (path / COMPLETED).is_file() or (path / MANIFEST).is_file():
        from tuneloom.pipeline.dataset.manifest import Manifest
        from tuneloom.pipeline.dataset.reader import read_records, read_rejects

        manifest = Manifest.load(path)
        records = [record for split in manifest.splits for record in read_records(path, split)]
        return records, statistics(records, read_rejects(path), manifest.as_found)
    from tuneloom.corpus.sources.inputs import input_files
    from tuneloom.pipeline.steps.survey import survey_files

    found = survey_files(input_files([str(path)], column), "melody")
    return found.records, statistics(found.records, found.rejects, found.as_found)


def _print_tables(found: Statistics) -> None:
    from tuneloom.cli.console import output_console
    from tuneloom.corpus.statistics.tables import as_text

    console = output_console()
    for name, table in found.tables().items():
        if len(table):
            console.print(f"\n{name}", style="bold")
            console.print(as_text(table, console.width), markup=False, soft_wrap=True)
