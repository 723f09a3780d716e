"""`tuneloom extract`: some tunes of a book, as a book."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tuneloom.cli.book.written_book import (
    check_book_target,
    overwrite_option,
    read_sections,
    write_book,
)
from tuneloom.cli.command import command, files_argument, path_type
from tuneloom.cli.status import FINDINGS
from tuneloom.grammar.counts import count_of
from tuneloom.grammar.errors import UsageError

if TYPE_CHECKING:
    from tuneloom.cli.book.selection import Condition

__all__ = ["extract_command"]


@command(
    "extract",
    "tuneloom extract tunes.abc --number 3,7-12",
    "tuneloom extract collection/ --rhythm reel --key D,Em -o reels.abc",
    "tuneloom extract tunes.abc --query 'rhythm:*jig not title:kesh origin:Clare'",
)
@files_argument
@click.option("--number", metavar="N[,N-M…]", help="Tunes with these numbers.")
@click.option("--title", metavar="TEXT", help="Tunes with this text in a title.")
@click.option("--rhythm", metavar="NAME[,…]", help="Tunes with this R:, in which * is any text.")
@click.option("--key", metavar="KEY[,…]", help="Tunes in this key, such as D, Em or Ador.")
@click.option("--meter", metavar="METER[,…]", help="Tunes in this meter; C is 4/4.")
@click.option(
    "--query", metavar="TERMS", help="Tunes for which all field:value terms hold, or `not` so."
)
@click.option("-o", "--output", metavar="FILE", type=path_type(), help="The book to write.")
@overwrite_option
def extract_command(
    files: tuple[str, ...],
    number: str | None,
    title: str | None,
    rhythm: str | None,
    key: str | None,
    meter: str | None,
    query: str | None,
    output: Path | None,
    overwrite: bool,
) -> int:
    """Write the tunes that match as a book.

    A tune must match all options. Case and accents do not count. The tunes keep their numbers, the text
    above them, and what the file header gives them. Exits with 1 if no tune matches.
    """
    from tuneloom.cli.text.input_files import find_files
    from tuneloom.corpus.playback.written_files import MARK
    from tuneloom.grammar.editing.joining import BookPart, in_one_charset, join_parts
    from tuneloom.grammar.editing.tune_facts import header_facts

    values = {"number": number, "title": title, "rhythm": rhythm, "key": key, "meter": meter}
    conditions = list(_conditions(values, query))
    inputs = find_files(files)
    if output:
        check_book_target(output, inputs, overwrite)
    parts = []
    for file in inputs:
        sections = read_sections(file)
        header = sections.book.header
        tunes = tuple(
            section
            for section in sections.tunes
            for facts in [header_facts(section.tune.text, header)]
            if all(holds(facts) for holds in conditions)
        )
        if tunes:
            parts.append(BookPart(file.name, sections, tunes, with_text=False))
    if not parts:
        click.echo("no tune matches", err=True)
        return FINDINGS
    parts, notes = in_one_charset(parts)
    edited = join_parts(parts, MARK if output else "")
    write_book(replace(edited, notes=(*notes, *edited.notes)), output)
    if output:
        found = sum(len(part.tunes) for part in parts)
        click.echo(f"{output}: {count_of(found, 'tune')}", err=True)
    return 0


def _conditions(values: dict[str, str | None], query: str | None) -> Iterator[Condition]:
    from tuneloom.cli.book.selection import condition, parse_query

    wanted = {field: value for field, value in values.items() if value is not None}
    if not wanted and query is None:
        raise UsageError("say which tunes: --number, --title, --rhythm, --key, --meter or --query")
    for field, value in wanted.items():
        yield condition(field, value, f"--{field}")
    if query is not None:
        yield from parse_query(query)
