"""`tuneloom extract`: some tunes of a book, as a book."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

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
    from tuneloom.grammar.editing.selection import Condition
    from tuneloom.grammar.performance.phrase import Phrase
    from tuneloom.grammar.source.book import Book, BookTune

__all__ = ["extract_command"]


@command(
    "extract",
    "tuneloom extract tunes.abc --number 3,7-12",
    "tuneloom extract collection/ --rhythm reel --key D,Em -o reels.abc",
    "tuneloom extract tunes.abc --query 'rhythm:*jig not title:kesh origin:Clare'",
    "tuneloom extract collection/ --phrase 'GABc dedB'",
    "tuneloom extract tunes.abc --finding bar-length -o to-mend.abc",
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
@click.option(
    "--phrase",
    metavar="NOTES",
    help="Tunes with these notes in a row, such as 'GABc dedB', in any key, octave and length.",
)
@click.option(
    "--finding",
    metavar="CODE[,…]",
    help="Tunes in which tuneloom check finds this code, or one of this level or of collection.",
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
    phrase: str | None,
    finding: str | None,
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
    if not conditions and phrase is None and finding is None:
        raise UsageError(
            "say which tunes: --number, --title, --rhythm, --key, --meter, --query, --phrase or --finding"
        )
    inputs = find_files(files)
    if output:
        check_book_target(output, inputs, overwrite)
    parts = []
    for file in inputs:
        sections = read_sections(file)
        header = sections.book.header
        lines = _chosen_by_music(sections.book, phrase, finding)
        tunes = tuple(
            section
            for section in sections.tunes
            for facts in [header_facts(section.tune.text, header)]
            if all(holds(facts) for holds in conditions) and section.tune.line in lines
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
    from tuneloom.grammar.editing.selection import condition, parse_query

    wanted = {field: value for field, value in values.items() if value is not None}
    for field, value in wanted.items():
        yield condition(field, value, f"--{field}")
    if query is not None:
        yield from parse_query(query)


def _chosen_by_music(book: Book, phrase: str | None, finding: str | None) -> frozenset[int]:
    """The lines of the tunes of a book that have a phrase, and a finding of these codes."""
    lines = {tune.line for tune in book.tunes}
    if finding is not None:
        from tuneloom.cli.text.settings import codes_named
        from tuneloom.grammar.checking.check_book import check_book

        checked = check_book(book, codes_named([finding], "--finding"))
        lines &= {tune.line for tune, findings in checked if findings}
    if phrase is not None:
        from tuneloom.grammar.performance.phrase import Phrase

        wanted = Phrase(phrase)
        lines &= {tune.line for tune in book.tunes if _has_phrase(tune, book.header, wanted)}
    return frozenset(lines)


def _has_phrase(tune: BookTune, header: str, phrase: Phrase) -> bool:
    from tuneloom.grammar.editing.tune_facts import header_facts
    from tuneloom.grammar.parsing.parser import parse

    parsed = parse(tune.text, tune.line, header)
    return parsed.parseable and phrase.is_in(parsed.tune, header_facts(tune.text, header).key)
