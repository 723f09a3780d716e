"""A book that a command makes of others: to standard output, or to a file that is not one of them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tuneloom.cli.text.tune_names import printable
from tuneloom.grammar.errors import UsageError

if TYPE_CHECKING:
    from tuneloom.cli.text.input_files import InputTunebook
    from tuneloom.grammar.editing.book_sections import BookSections
    from tuneloom.grammar.editing.edited_book import EditedBook

__all__ = ["check_book_target", "overwrite_option", "read_sections", "write_book"]

overwrite_option = click.option(
    "--overwrite", is_flag=True, help="Replace a book that Tuneloom wrote earlier."
)


def read_sections(file: InputTunebook) -> BookSections:
    """The sections of a file.

    Raises:
        UsageError: as for `InputTunebook.book`.
    """
    from tuneloom.grammar.editing.book_sections import split_book

    data, book = file.book()
    return split_book(data, book)


def check_book_target(path: Path, inputs: Sequence[InputTunebook], overwrite: bool) -> None:
    """Check that a book may be written to a path.

    Raises:
        UsageError: something is there that is not to be replaced, or there is no folder for it.
    """
    from tuneloom.corpus.playback.written_files import check_free

    if path.is_dir():
        raise UsageError(
            f"{path}: is a directory; give the book a name, such as {path / 'book.abc'}"
        )
    if not path.parent.is_dir():
        raise UsageError(f"{path}: there is no directory {path.parent}")
    for file in inputs:
        if file.path and path.exists() and file.path.exists() and path.samefile(file.path):
            raise UsageError(f"{path}: is one of the books that are read; choose another --output")
    check_free(path, overwrite)


def write_book(edited: EditedBook, path: Path | None) -> None:
    """Tell the notes, and write the book, all of it or nothing."""
    for note in edited.notes:
        click.echo(printable(note), err=True)
    if path is None:
        sys.stdout.buffer.write(edited.data)
        return
    from tuneloom.model.runtime.atomic import atomic_output

    with atomic_output(path) as temporary:
        temporary.write_bytes(edited.data)
