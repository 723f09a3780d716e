"""`tuneloom report`: a report on runs, in one file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tuneloom.cli.command import against_option, command, path_type, seed_option
from tuneloom.grammar.counts import count_of
from tuneloom.grammar.processes import usable_cores

if TYPE_CHECKING:
    from tuneloom.report.write import ReportFormat

__all__ = ["report_command"]

_MARKDOWN = (".md", ".markdown")


@command(
    "report",
    "tuneloom report runs/first -o report.html --against data/folk",
    "tuneloom report runs/small runs/large -o report.html --against data/folk",
    "tuneloom report runs/first -o report.md --against data/folk -n 500",
    "tuneloom report runs/first -o report.html --tunes bars.abc",
)
@click.argument(
    "runs",
    metavar="RUN...",
    nargs=-1,
    required=True,
    type=path_type(),
    help="Directories of runs of tuneloom train.",
)
@click.option(
    "-o", "--output", metavar="FILE", type=path_type(), required=True, help="The report to write."
)
@against_option
@click.option(
    "-n",
    "count",
    metavar="N",
    type=click.IntRange(0),
    default=200,
    help="Draw N tunes from each run, and score them.",
)
@seed_option("The same seed draws the same tunes.")
@click.option(
    "--tunes",
    "files",
    metavar="FILE",
    type=path_type(),
    multiple=True,
    help="Score the tunes of this file instead; one for each run, in their order.",
)
@click.option(
    "--output-format",
    type=click.Choice(["html", "markdown"]),
    help="A page, or Markdown (default: Markdown for a file that ends in .md).",
)
@click.option(
    "--title", metavar="TEXT", default="", help="The title of the report.", show_default=False
)
@click.option("--overwrite", is_flag=True, help="Replace a report that Tuneloom wrote earlier.")
def report_command(
    runs: tuple[Path, ...],
    output: Path,
    against: Path | None,
    count: int,
    seed: int,
    files: tuple[Path, ...],
    output_format: ReportFormat | None,
    title: str,
    overwrite: bool,
) -> None:
    """Write a report on runs.

    The report is one file that needs no network. It has the settings of the runs and how they differ, the
    card of the data set, the curves, scores with 95% intervals, the first tunes with score and sound,
    their originality, and how to do it all again.
    """
    from tuneloom.report.document.html import REPORT_GENERATOR
    from tuneloom.report.document.markdown import MARKDOWN_MARK
    from tuneloom.report.write import make_report, report_bytes, write_report
    from tuneloom.web.write import check_page_target

    form = output_format or ("markdown" if output.suffix.lower() in _MARKDOWN else "html")
    check_page_target(output, overwrite, MARKDOWN_MARK if form == "markdown" else REPORT_GENERATOR)
    report = make_report(runs, against, files, (count, seed), title, usable_cores(), _tell_progress)
    data = report_bytes(report, form)
    write_report(output, data)
    click.echo(f"{output}: a report on {count_of(len(runs), 'run')}, {len(data):,} bytes")


def _tell_progress(line: str) -> None:
    click.echo(line, err=True)
