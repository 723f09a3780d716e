"""`tuneloom check`: what is wrong with the tunes of some files, and where."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tuneloom.cli.command import column_option, command, files_argument
from tuneloom.cli.status import FINDINGS, USAGE
from tuneloom.grammar.errors import UsageError
from tuneloom.grammar.source.lines import split_lines

if TYPE_CHECKING:
    from tuneloom.cli.text.findings import FileFinding
    from tuneloom.cli.text.input_files import InputTunebook
    from tuneloom.grammar.diagnostics.diagnostic import Diagnostic, Level
    from tuneloom.grammar.source.book import Book

__all__ = ["check_command"]


@command(
    "check",
    "tuneloom check tunes.abc",
    "tuneloom check tunes/ --level sound --ignore tie-pitch",
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
    type=click.Choice(["full", "concise", "json", "github"]),
    default="full",
    help="With the source line, one line each, JSON, or GitHub annotations.",
)
def check_command(
    files: tuple[str, ...],
    column: str,
    level: Level | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    output_format: str,
) -> int:
    """Report what is wrong with tunes.

    Looks at syntax, repeats, ties, slurs, tuplets and the length of each bar, and as `collection` for tunes
    without a number, a title or a note, numbers given twice and unknown fields. Exits with 1 if there are
    findings. `tuneloom explain CODE` explains a code. Defaults can be set in [tool.tuneloom] of the
    nearest pyproject.toml.
    """
    from tuneloom.cli.text.input_files import find_files
    from tuneloom.cli.text.settings import load_check_settings, select_codes

    chosen = select_codes(load_check_settings(Path.cwd()), level, select, ignore)
    stream = output_format != "json"
    findings: list[FileFinding] = []
    tunes = unreadable = 0
    for file in find_files(files):
        try:
            codes = chosen.of_file(file.name)
            if file.is_tunebook():
                count, found = _check_file(file, codes)
            else:
                count, found, faults = _check_rows(file, column, codes)
                unreadable += faults
        except UsageError as error:
            click.echo(f"error: {error}", err=True)
            unreadable += 1
            continue
        tunes += count
        findings += found
        if stream and found:
            _print_findings(found, output_format)
    if not stream:
        _print_findings(findings, output_format)
    elif output_format != "github":
        click.echo(_check_summary(tunes, findings), err=True)
    return USAGE if unreadable else FINDINGS if findings else 0


def _print_findings(findings: list[FileFinding], output_format: str) -> None:
    from tuneloom.cli.text.findings import print_findings

    print_findings(findings, output_format)


def _check_file(file: InputTunebook, codes: frozenset[str]) -> tuple[int, list[FileFinding]]:
    """The number of tunes in a file, and what is wrong with them."""
    data, book = file.book()
    source = split_lines(data.decode(book.charset))
    findings = [
        *_file_findings(file.name, book, source, codes),
        *_orphan_findings(file.name, book, source, codes),
    ]
    if book.orphans:
        findings.sort(key=lambda finding: finding.found.line)
    return len(book.tunes), findings


def _check_rows(
    file: InputTunebook, column: str, codes: frozenset[str]
) -> tuple[int, list[FileFinding], int]:
    """As for a tunebook, and the number of rows that cannot be read."""
    from tuneloom.cli.text.checked_rows import RowChecks

    assert file.path is not None, "standard input is a tunebook"
    checks = RowChecks(file.path, column, codes)
    findings = list(checks.findings())
    return checks.tunes, findings, checks.faults


def _orphan_findings(
    name: str, book: Book, source: list[str], codes: frozenset[str]
) -> Iterator[FileFinding]:
    """The music of a file that belongs to no tune."""
    if not book.orphans:
        return
    from tuneloom.cli.text.findings import FileFinding
    from tuneloom.cli.text.tune_names import NO_TUNE
    from tuneloom.grammar.diagnostics.classify import diagnose_orphan

    for orphan in book.orphans:
        found = diagnose_orphan(orphan.text, orphan.line)
        if found.code in codes:
            yield FileFinding(name, found, source[found.line - 1], NO_TUNE)


def _file_findings(
    name: str, book: Book, source: list[str], codes: frozenset[str]
) -> Iterator[FileFinding]:
    from tuneloom.grammar.checking.check import check_tune

    references: dict[str, int] = {}
    for tune in book.tunes:
        findings = check_tune(
            tune.text, tune.line, book.header, codes, references, rejoined=tune.rejoined
        )
        if findings:
            yield from _named_findings(name, tune.text, findings, source)
        if tune.text.startswith("X:"):
            reference = tune.text.partition("\n")[0][2:].partition("%")[0].strip()
            references.setdefault(reference, tune.line)


def _named_findings(
    name: str, tune: str, findings: tuple[Diagnostic, ...], source: list[str]
) -> Iterator[FileFinding]:
    from tuneloom.cli.text.findings import FileFinding
    from tuneloom.cli.text.tune_names import tune_name

    named = tune_name(tune)
    for found in findings:
        line = source[found.line - 1] if found.line <= len(source) else ""
        yield FileFinding(name, found, line, named)


def _check_summary(tunes: int, findings: list[FileFinding]) -> str:
    checked = f"{tunes:,} {'tune' if tunes == 1 else 'tunes'}"
    if not findings:
        return f"{checked}, no findings"
    repairable = sum(finding.found.repairable for finding in findings)
    count = f"{len(findings):,} {'finding' if len(findings) == 1 else 'findings'} in {checked}"
    hint = f"; {repairable:,} [*] repairable with `tuneloom format --repair`" if repairable else ""
    return count + hint
