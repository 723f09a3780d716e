"""`tuneloom page`: one HTML file in which tunes are seen and heard."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tuneloom.cli.command import against_option, column_option, command, path_type
from tuneloom.grammar.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tuneloom.corpus.record import Reject
    from tuneloom.web.entries import PageEntry

__all__ = ["page_command"]


@command(
    "page",
    "tuneloom page tunes.abc -o page.html",
    "tuneloom page collection/ -o collection.html --title 'Our tunes'",
    "tuneloom page data/folk -o folk.html",
    "tuneloom page runs/mixed tunes.abc -o composer.html",
    "tuneloom page draws.abc --against data/folk -o draws.html",
)
@click.argument(
    "inputs",
    metavar="PATH...",
    nargs=-1,
    required=True,
    help="A data set, or files as for ingest: tunebooks, tables, archives or directories of them; and a run.",
)
@click.option(
    "-o", "--output", metavar="FILE", type=path_type(), required=True, help="The page to write."
)
@click.option(
    "--title", metavar="TEXT", default="", help="The title of the page.", show_default=False
)
@against_option
@column_option
@click.option("--overwrite", is_flag=True, help="Replace a page that Tuneloom wrote earlier.")
def page_command(
    inputs: tuple[str, ...],
    output: Path,
    title: str,
    against: Path | None,
    column: str,
    overwrite: bool,
) -> None:
    """Make a page of tunes: scores, sound, and findings.

    The page is one file that needs no network and no server. It lists and searches the tunes, engraves and
    plays them, shows what is wrong with each and where, lets their text be edited, and prints tunebooks.
    With a run of tuneloom train, its network writes new tunes in the page. With a data set to compare with,
    each tune has its nearest training tune beside it.
    """
    from tuneloom.model.runs.run_files import is_run
    from tuneloom.web.inputs import composer_of_run
    from tuneloom.web.write import check_page_target, write_page

    check_page_target(output, overwrite)
    runs = [name for name in inputs if is_run(Path(name))]
    if len(runs) > 1:
        raise UsageError(f"{runs[1]}: a page carries one network; make a page of each run")
    name = title or Path(inputs[0]).resolve().stem
    composer = composer_of_run(Path(runs[0])) if runs else None
    files = tuple(name for name in inputs if name not in runs)
    if against and not files:
        raise UsageError("--against compares the tunes of files, and none is named")
    found = _found_in(files, column) if files else iter(())
    if against:
        found = _with_nearest(found, against)
    summary = write_page(output, name, found, composer, overwrite)
    for reject in summary.rejects:
        click.echo(f"warning: {_printable(reject.place)}: {_printable(reject.message)}", err=True)
    tunes = f"{summary.tunes:,} tune{'s' * (summary.tunes != 1)}"
    bad = f", {summary.unparseable:,} of them not parseable" if summary.unparseable else ""
    click.echo(f"{output}: {tunes}{bad}, {summary.bytes:,} bytes")


def _found_in(inputs: tuple[str, ...], column: str) -> Iterator[PageEntry | Reject]:
    from tuneloom.web.inputs import entries_of_dataset, entries_of_files, is_dataset

    sets = [name for name in inputs if is_dataset(Path(name))]
    if not sets:
        yield from entries_of_files(inputs, column)
    elif len(inputs) == 1:
        yield from entries_of_dataset(Path(inputs[0]))
    else:
        raise UsageError(f"{sets[0]}: a data set has a page of its own; name it alone")


def _with_nearest(
    found: Iterator[PageEntry | Reject], dataset: Path
) -> Iterator[PageEntry | Reject]:
    from tuneloom.web.originality import with_nearest

    return with_nearest(found, dataset, os.cpu_count() or 1)


def _printable(text: str) -> str:
    from tuneloom.cli.text.tune_names import printable

    return printable(text)
