"""`tuneloom check`: everything that is wrong with the tunes of some files, each in its place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from tuneloom.grammar.errors import UsageError
from tuneloom.grammar.source.lines import split_lines

if TYPE_CHECKING:
    from tuneloom.cli.text.findings import Finding
    from tuneloom.cli.text.tunefiles import TuneFile
    from tuneloom.grammar.source.book import Book

__all__ = ["check"]

FINDINGS, BAD_FILE = 1, 2


def check(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE…", help="Files, directories of .abc files, or - for standard input."
        ),
    ],
    level: Annotated[
        Literal["parseable", "strict", "sound", "metrical"] | None,
        typer.Option(help="Report what denies a tune this level.  [default: metrical]"),
    ] = None,
    select: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CODE", help="Report these codes, or those of a level, and no others."
        ),
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option(metavar="CODE", help="Do not report these codes.")
    ] = None,
    output_format: Annotated[
        Literal["full", "concise", "json", "github"],
        typer.Option(help="For people, at length or a line each; for programs; for GitHub."),
    ] = "full",
) -> int:
    """Find what is wrong with tunes: syntax, repeats, ties, slurs, tuplets, the length of each bar."""
    from tuneloom.cli.text.findings import print_findings
    from tuneloom.cli.text.settings import load_settings, selection
    from tuneloom.cli.text.tunefiles import find_files

    chosen = selection(load_settings(Path.cwd()), level, select or (), ignore or ())
    at_once = output_format != "json"
    findings: list[Finding] = []
    tunes = unreadable = 0
    for file in find_files(files):
        try:
            count, found = _check_file(file, chosen.of_file(file.name))
        except UsageError as error:
            typer.echo(f"error: {error}", err=True)
            unreadable += 1
            continue
        tunes += count
        findings += found
        if at_once:
            print_findings(found, output_format)
    if not at_once:
        print_findings(findings, output_format)
    elif output_format != "github":
        typer.echo(_summary(tunes, findings), err=True)
    return BAD_FILE if unreadable else FINDINGS if findings else 0


def _check_file(file: TuneFile, codes: frozenset[str]) -> tuple[int, list[Finding]]:
    """How many tunes the file has, and what is wrong with them."""
    data, book = file.book()
    source = split_lines(data.decode(book.charset))
    return len(book.tunes), list(_findings(file.name, book, source, codes))


def _findings(name: str, book: Book, source: list[str], codes: frozenset[str]) -> Iterator[Finding]:
    from tuneloom.cli.text.findings import Finding
    from tuneloom.grammar.check import check as check_tune

    references: dict[str, int] = {}
    for tune in book.tunes:
        for found in check_tune(tune.text, tune.line, book.header, codes, references):
            line = source[found.line - 1] if found.line <= len(source) else ""
            yield Finding(name, found, line)
        if tune.text.startswith("X:"):
            reference = tune.text.partition("\n")[0][2:].partition("%")[0].strip()
            references.setdefault(reference, tune.line)


def _summary(tunes: int, findings: list[Finding]) -> str:
    checked = f"{tunes:,} {'tune' if tunes == 1 else 'tunes'}"
    if not findings:
        return f"{checked}, no findings"
    repairable = sum(finding.found.repairable for finding in findings)
    count = f"{len(findings):,} {'finding' if len(findings) == 1 else 'findings'} in {checked}"
    hint = f"; {repairable:,} [*] repairable with `tuneloom format --repair`" if repairable else ""
    return count + hint
