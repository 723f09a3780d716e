"""`tuneloom renumber`: gives tunes new numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tuneloom.cli.command import command, files_argument
from tuneloom.cli.text.rewritten_books import Rewriting, book_output, diff_option, write_option

if TYPE_CHECKING:
    from tuneloom.grammar.editing.edited_book import EditedBook
    from tuneloom.grammar.source.book import Book

__all__ = ["renumber_command"]


@command(
    "renumber",
    "tuneloom renumber tunes.abc > numbered.abc",
    "tuneloom renumber tunes.abc --start 101 --write",
    "tuneloom renumber collection/ --only-duplicates --diff",
)
@files_argument
@click.option(
    "--start",
    type=click.IntRange(1, 10**9),
    metavar="N",
    show_default=False,
    help="The first new number (default: 1; with --only-duplicates, the one after the last).",
)
@click.option(
    "--only-duplicates",
    is_flag=True,
    help="Give a new number only where it is missing or repeats that of an earlier tune.",
)
@diff_option
@write_option
def renumber_command(
    files: tuple[str, ...], start: int | None, only_duplicates: bool, diff: bool, write: bool
) -> int:
    """Number the tunes of a book anew.

    Changes X: fields and nothing else. A tune that is not parseable keeps its number, which no other tune
    gets then. Each file is numbered by itself. Writes to standard output unless --diff or --write is given.
    """
    from tuneloom.grammar.editing.book_sections import split_book
    from tuneloom.grammar.editing.numbering import renumber_book

    def edit(data: bytes, book: Book) -> EditedBook:
        return renumber_book(split_book(data, book), start, only_duplicates)

    return Rewriting("renumber", "renumbered", book_output(diff, write), edit).run(files)
