"""`tuneloom page`: one HTML file in which tunes are seen and heard."""

from __future__ import annotations

from pathlib import Path

import click

from tuneloom.cli.command import against_option, column_option, command, path_type
from tuneloom.grammar.counts import count_of

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
    help="A data set, or files as for ingest: tunebooks, tables, archives or directories of them; and a run, "
    "or pretrained for the network that comes with tuneloom.",
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
    from tuneloom.web.write import write_page_of

    summary = write_page_of(inputs, output, title, against, column, overwrite)
    for reject in summary.rejects:
        click.echo(f"warning: {_printable(reject.place)}: {_printable(reject.message)}", err=True)
    tunes = count_of(summary.tunes, "tune")
    bad = f", {summary.unparseable:,} of them not parseable" if summary.unparseable else ""
    click.echo(f"{output}: {tunes}{bad}, {summary.bytes:,} bytes")


def _printable(text: str) -> str:
    from tuneloom.cli.text.tune_names import printable

    return printable(text)
