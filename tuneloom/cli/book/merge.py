"""`tuneloom merge`: several books as one."""

from __future__ import annotations

from pathlib import Path

import click

from tuneloom.cli.book.written_book import (
    check_book_target,
    overwrite_option,
    read_sections,
    write_book,
)
from tuneloom.cli.command import command, files_argument, path_type
from tuneloom.grammar.counts import count_of

__all__ = ["merge_command"]


@command(
    "merge",
    "tuneloom merge reels.abc jigs.abc -o book.abc",
    "tuneloom merge best.abc more.abc --no-same-music -o all.abc",
)
@files_argument
@click.option(
    "-o", "--output", metavar="FILE", type=path_type(), required=True, help="The book to write."
)
@click.option(
    "--no-duplicates",
    is_flag=True,
    help="Leave out a tune that repeats an earlier one line by line, but for its number.",
)
@click.option(
    "--no-same-music",
    is_flag=True,
    help="Leave out a tune whose notes are those of an earlier one, whatever its title, chords and spelling.",
)
@overwrite_option
def merge_command(
    files: tuple[str, ...], output: Path, no_duplicates: bool, no_same_music: bool, overwrite: bool
) -> None:
    """Make one book of several.

    A number that an earlier tune has is replaced by a new one. Where file headers differ, what they say is
    written into the tunes of their book. Of duplicates the first stays, so name the better book first.
    Charsets that differ become UTF-8. All this is told.
    """
    from tuneloom.cli.text.input_files import find_files
    from tuneloom.corpus.playback.written_files import MARK
    from tuneloom.grammar.editing.joining import BookPart
    from tuneloom.grammar.editing.merging import merge_parts
    from tuneloom.grammar.source.book import read_book

    inputs = find_files(files)
    check_book_target(output, inputs, overwrite)
    sections = [(file.name, read_sections(file)) for file in inputs]
    parts = [BookPart(name, each, each.tunes, with_text=True) for name, each in sections]
    merged = merge_parts(
        parts, "music" if no_same_music else "lines" if no_duplicates else None, MARK
    )
    write_book(merged, output)
    tunes = len(read_book(merged.data).tunes)
    click.echo(f"{output}: {count_of(tunes, 'tune')} of {count_of(len(parts), 'book')}", err=True)
