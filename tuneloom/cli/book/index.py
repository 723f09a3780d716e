"""`tuneloom index`: lists the tunes of books."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from tuneloom.cli.command import command, files_argument
from tuneloom.cli.status import USAGE
from tuneloom.grammar.counts import count_of
from tuneloom.grammar.errors import UsageError

if TYPE_CHECKING:
    from tuneloom.grammar.editing.ordering import SortField
    from tuneloom.web.book_index import IndexEntry

__all__ = ["index_command"]

_COLUMNS = ("number", "title", "rhythm", "meter", "key", "bars", "file", "line", "incipit")


@command(
    "index",
    "tuneloom index tunes.abc",
    "tuneloom index collection/ --sort rhythm",
    "tuneloom index tunes.abc --output-format html > index.html",
)
@files_argument
@click.option(
    "--sort",
    type=click.Choice(["title", "rhythm", "meter", "key", "number"]),
    show_default=False,
    help="What to sort by (default: the order of the book).",
)
@click.option(
    "--output-format",
    type=click.Choice(["table", "csv", "json", "html"]),
    default="table",
    help="A table to read; rows or objects with the first bars of each tune; or a page with them engraved.",
)
def index_command(
    files: tuple[str, ...],
    sort: SortField | None,
    output_format: Literal["table", "csv", "json", "html"],
) -> int:
    """List the tunes of a book.

    Shows number, title, rhythm, meter, key, bars and line of each. Bars are counted as written, a pickup
    with the bar that it completes. The page is one file that needs no network, and can be searched and
    sorted. Tunes that are not parseable are listed without bars.
    """
    from tuneloom.cli.book.index_entries import index_entries, sorted_entries
    from tuneloom.cli.text.input_files import find_files

    entries: list[IndexEntry] = []
    unreadable = 0
    for file in find_files(files):
        try:
            entries += index_entries(file)
        except UsageError as error:
            click.echo(f"error: {error}", err=True)
            unreadable += 1
    if sort:
        entries = sorted_entries(entries, sort)
    if entries or not unreadable:
        _print(entries, output_format, files[0])
    if output_format == "table":
        bad = sum(entry.bars is None for entry in entries)
        click.echo(
            f"{count_of(len(entries), 'tune')}{f', {bad:,} not parseable' if bad else ''}", err=True
        )
    return USAGE if unreadable else 0


def _print(entries: Sequence[IndexEntry], output_format: str, name: str) -> None:
    match output_format:
        case "csv":
            _print_csv(entries)
        case "json":
            import json

            rows = [dict(zip(_COLUMNS, _index_row(entry), strict=True)) for entry in entries]
            click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        case "html":
            from tuneloom.web.book_index import index_html

            html = index_html(Path(name).resolve().stem, entries)
            sys.stdout.buffer.write(html.encode("utf-8", "xmlcharrefreplace"))
        case _:
            from tuneloom.cli.book.index_table import print_index

            print_index(entries)


def _print_csv(entries: Sequence[IndexEntry]) -> None:
    """The rows of RFC 4180, in UTF-8, with lines that end as everywhere on the command line."""
    import csv
    import io

    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\n")
    rows.writerow(_COLUMNS)
    rows.writerows(map(_index_row, entries))
    sys.stdout.buffer.write(written.getvalue().encode("utf-8", "replace"))


def _index_row(entry: IndexEntry) -> tuple[str | int | None, ...]:
    return (
        entry.number, entry.title, entry.rhythm, entry.meter, entry.key, entry.bars, entry.file,
        entry.line, entry.incipit,
    )  # fmt: skip
