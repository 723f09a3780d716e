"""`tuneloom check`: what is wrong with the tunes of some files, and where."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tuneloom.cli.check.formats import (
    FOR_PEOPLE,
    FORMATS,
    STATISTICS,
    document_of,
    is_document,
    print_findings,
)
from tuneloom.cli.check.report import CheckedFile, CheckReport, FileFinding
from tuneloom.cli.command import column_option, command, files_argument
from tuneloom.cli.status import FINDINGS, USAGE
from tuneloom.grammar.errors import UsageError
from tuneloom.grammar.processes import usable_cores
from tuneloom.grammar.source.charset import refused_charset
from tuneloom.grammar.source.lines import split_lines

if TYPE_CHECKING:
    from tuneloom.cli.text.input_files import InputTunebook
    from tuneloom.grammar.diagnostics.diagnostic import Diagnostic, Level
    from tuneloom.grammar.source.book import Book

__all__ = ["check_command", "check_file"]


@command(
    "check",
    "tuneloom check tunes.abc",
    "tuneloom check tunes/ --level sound --ignore tie-pitch",
    "tuneloom check tunes/ --statistics",
    "tuneloom check tunes.abc --output-format json > findings.json",
    "tuneloom check tunes.jsonl --column output",
)
@files_argument
@column_option
@click.option(
    "--level",
    type=click.Choice(["parseable", "strict", "sound", "metrical"]),
    help="Report whatever keeps a tune from this level of validity (default: metrical and collection).",
)
@click.option(
    "--select",
    metavar="CODE",
    multiple=True,
    help="Report only this code, or the codes of this level or of collection. Repeatable.",
)
@click.option(
    "--ignore",
    metavar="CODE",
    multiple=True,
    help="Do not report this code, or the codes of this level or of collection. Repeatable.",
)
@click.option(
    "--output-format",
    type=click.Choice(FORMATS),
    default="full",
    help="With the source line, one line each, JSON, GitHub annotations, SARIF or JUnit.",
)
@click.option("--statistics", is_flag=True, help="Count the findings of each code instead.")
@click.option("-q", "--quiet", is_flag=True, help="Print findings and errors, and no closing line.")
def check_command(
    files: tuple[str, ...],
    column: str,
    level: Level | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    output_format: str,
    statistics: bool,
    quiet: bool,
) -> int:
    """Report what is wrong with tunes.

    Looks at syntax, repeats, ties, slurs, tuplets and the length of each bar, and as `collection` for tunes
    without a number, a title or a note, numbers given twice and unknown fields. Exits with 1 if there are
    findings, and with 2 if a file cannot be read. `tuneloom explain CODE` explains a code. Defaults can be
    set in [tool.tuneloom] of the nearest pyproject.toml.
    """
    from tuneloom.cli.text.input_files import find_files
    from tuneloom.cli.text.settings import load_check_settings, select_codes

    if statistics and output_format not in STATISTICS:
        raise UsageError(f"--statistics has the formats {', '.join(STATISTICS)}")
    chosen = select_codes(load_check_settings(Path.cwd()), level, select, ignore)
    at_end = is_document(output_format, statistics)
    report = CheckReport(files)
    for file in find_files(files):
        checked = check_file(file, column, chosen.of_file(file.name))
        for fault in checked.faults:
            click.echo(f"error: {fault}", err=True)
        report.files.append(checked)
        if checked.findings and not at_end:
            print_findings(checked.findings, output_format)
    if at_end and (text := document_of(report, output_format, statistics)):
        click.echo(text)
    if output_format in FOR_PEOPLE and not quiet:
        from tuneloom.cli.check.closing_line import closing_lines

        click.echo(closing_lines(report), err=True)
    return USAGE if report.faults else FINDINGS if any(report.findings) else 0


def check_file(file: InputTunebook, column: str, codes: frozenset[str]) -> CheckedFile:
    """What is wrong with a file, and why it cannot be read if it cannot."""
    try:
        if file.is_tunebook():
            return _check_tunebook(file, codes)
        from tuneloom.cli.check.checked_rows import RowChecks

        assert file.path is not None, "standard input is a tunebook"
        checks = RowChecks(file.path, column, codes)
        findings = tuple(checks.findings())
        return CheckedFile(
            file.name, checks.tunes, findings, tuple(checks.faults), is_tunebook=False
        )
    except UsageError as error:
        return CheckedFile(file.name, faults=(str(error),))


def _check_tunebook(file: InputTunebook, codes: frozenset[str]) -> CheckedFile:
    data, book = file.book()
    source = split_lines(data.decode(book.charset))
    findings = list(_file_findings(file.name, book, source, codes))
    others = [
        *_orphan_findings(file.name, book, source, codes),
        *_charset_findings(file.name, data, book.charset, source, codes),
    ]
    if others:
        findings = sorted([*findings, *others], key=lambda finding: finding.found.line)
    return CheckedFile(file.name, len(book.tunes), tuple(findings))


def _orphan_findings(
    name: str, book: Book, source: list[str], codes: frozenset[str]
) -> Iterator[FileFinding]:
    """The music of a file that belongs to no tune."""
    if not book.orphans:
        return
    from tuneloom.cli.text.tune_names import NO_TUNE
    from tuneloom.grammar.diagnostics.classify import diagnose_orphan

    for orphan in book.orphans:
        found = diagnose_orphan(orphan.text, orphan.line)
        if found.code in codes:
            yield FileFinding(name, found, source[found.line - 1], NO_TUNE)


def _charset_findings(
    name: str, data: bytes, charset: str, source: list[str], codes: frozenset[str]
) -> Iterator[FileFinding]:
    """That the file is not in the charset that it names."""
    line, refused = refused_charset(data)
    if not line or "directive" not in codes:
        return
    from tuneloom.cli.text.tune_names import NO_TUNE
    from tuneloom.grammar.diagnostics.diagnostic import Diagnostic, Span

    start = source[line - 1].index(refused) + 1
    found = Diagnostic(
        "directive",
        "collection",
        "warning",
        f"{refused} is no charset that this file can be read in; it was read in {charset}",
        "name the right one, or write the file in UTF-8",
        Span(line, start, line, start + len(refused)),
    )
    yield FileFinding(name, found, source[line - 1], NO_TUNE)


def _file_findings(
    name: str, book: Book, source: list[str], codes: frozenset[str]
) -> Iterator[FileFinding]:
    from tuneloom.grammar.checking.check_book import check_book

    for tune, findings in check_book(book, codes, workers=usable_cores()):
        if findings:
            yield from _named_findings(name, tune.text, findings, source)


def _named_findings(
    name: str, tune: str, findings: tuple[Diagnostic, ...], source: list[str]
) -> Iterator[FileFinding]:
    from tuneloom.cli.text.tune_names import tune_name

    named = tune_name(tune)
    for found in findings:
        line = source[found.line - 1] if found.line <= len(source) else ""
        yield FileFinding(name, found, line, named)
