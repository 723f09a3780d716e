"""`tuneloom sort`: puts the tunes of a book in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tuneloom.cli.command import command, files_argument
from tuneloom.cli.text.rewritten_books import Rewriting, book_output, diff_option, write_option
from tuneloom.grammar.errors import UsageError

if TYPE_CHECKING:
    from tuneloom.grammar.editing.edited_book import EditedBook
    from tuneloom.grammar.editing.ordering import SortField
    from tuneloom.grammar.source.book import Book

__all__ = ["sort_command"]


def _complete_fields(_context: click.Context, _option: click.Parameter, begun: str) -> list[str]:
    """The lists that a list of fields may become, one field longer."""
    from tuneloom.grammar.editing.ordering import SORT_FIELDS

    before, comma, last = begun.rpartition(",")
    return [f"{before}{comma}{name}" for name in SORT_FIELDS if name.startswith(last)]


@command(
    "sort",
    "tuneloom sort tunes.abc --by title > sorted.abc",
    "tuneloom sort tunes.abc --by rhythm,title --diff",
    "tuneloom sort collection/ --by number --write",
)
@files_argument
@click.option(
    "--by",
    metavar="FIELD[,…]",
    default="title",
    shell_complete=_complete_fields,
    help="title, rhythm, meter, key or number; or several, the first of them first.",
)
@diff_option
@write_option
def sort_command(files: tuple[str, ...], by: str, diff: bool, write: bool) -> int:
    """Sort the tunes of a book.

    Titles are sorted as in an index: without "The" and "A", accents and case, and 2nd before 10th. Tunes
    that are equal stay in order, and those without the field come last. Comments directly above a tune and
    text between tunes go with the tune below. Writes to standard output unless --diff or --write is given.
    """
    from tuneloom.grammar.editing.book_sections import split_book
    from tuneloom.grammar.editing.ordering import sort_book

    fields = _sort_fields(by)

    def edit(data: bytes, book: Book) -> EditedBook:
        return sort_book(split_book(data, book), fields)

    return Rewriting("sort", "sorted", book_output(diff, write), edit).run(files)


def _sort_fields(names: str) -> list[SortField]:
    from tuneloom.grammar.editing.ordering import SORT_FIELDS

    known = {str(name): name for name in SORT_FIELDS}
    wanted = [name.strip() for name in names.split(",")]
    for name in wanted:
        if name not in known:
            raise UsageError(f"--by {names}: `{name}` is none of {', '.join(SORT_FIELDS)}")
    return [known[name] for name in wanted]
