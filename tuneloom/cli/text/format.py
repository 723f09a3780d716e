"""`tuneloom format`: rewrites tunes in canonical spelling and leaves everything else as it is."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import click

from tuneloom.cli.command import command, count_of, files_argument
from tuneloom.cli.status import FINDINGS, USAGE
from tuneloom.grammar.errors import UsageError

if TYPE_CHECKING:
    from tuneloom.cli.text.formatting import FormatOptions, FormattedBook
    from tuneloom.cli.text.input_files import InputTunebook

__all__ = ["format_command"]

_LINE_ENDS = {"as-found": None, "lf": "\n", "crlf": "\r\n"}


Output = Literal["check", "diff", "write", "text"]


@dataclass(slots=True)
class FormatTotals:
    """What became of the files so far; `failed` could not be read or written."""

    changed: int = 0
    unchanged: int = 0
    failed: int = 0
    unparseable: int = 0  # tunes
    repairs: Counter[str] = field(default_factory=Counter)  # tunes, by code

    def add(self, formatted: FormattedBook, changed: bool) -> None:
        self.changed += changed
        self.unchanged += not changed
        self.unparseable += len(formatted.problems)
        self.repairs += formatted.repairs


@command(
    "format",
    "tuneloom format tunes.abc > formatted.abc",
    "tuneloom format --diff tunes/",
    "tuneloom format --write --repair tunes/",
)
@files_argument
@click.option(
    "--check", is_flag=True, help="Write nothing; list the files that would change and exit with 1."
)
@click.option("--diff", is_flag=True, help="Write nothing; show what would change and exit with 1.")
@click.option("--write", is_flag=True, help="Rewrite the files in place.")
@click.option(
    "--repair",
    is_flag=True,
    help="Also repair what can be repaired without changing how the tune sounds.",
)
@click.option(
    "--unsafe",
    is_flag=True,
    help="With --repair: also make repairs that guess what was meant.",
)
@click.option(
    "--line-ends",
    type=click.Choice(["as-found", "lf", "crlf"]),
    default="as-found",
    help="Line ends to write.",
)
@click.option("--to-utf8", is_flag=True, help="Write UTF-8, whatever charset the file has.")
def format_command(
    files: tuple[str, ...],
    check: bool,
    diff: bool,
    write: bool,
    repair: bool,
    unsafe: bool,
    line_ends: str,
    to_utf8: bool,
) -> int:
    """Rewrite tunes in canonical spelling.

    Writes to standard output unless --check, --diff or --write is given. Text outside tunes, and tunes
    that are not parseable, stay as they are.
    """
    from tuneloom.cli.text.formatting import FormatOptions
    from tuneloom.cli.text.input_files import find_files

    if check + diff + write > 1:
        raise UsageError("--check, --diff and --write cannot be combined")
    if unsafe and not repair:
        raise UsageError("--unsafe needs --repair")
    options = FormatOptions(repair, unsafe, _LINE_ENDS[line_ends], to_utf8)
    output: Output = "check" if check else "diff" if diff else "write" if write else "text"
    totals = FormatTotals()
    for file in find_files(files):
        try:
            _format_file(file, options, output, totals)
        except UsageError as error:
            click.echo(f"error: {error}", err=True)
            totals.failed += 1
    if output != "text":
        click.echo(_format_summary(totals, written=write), err=True)
    if totals.failed:
        return USAGE
    return FINDINGS if totals.changed and (check or diff) else 0


def _format_file(
    file: InputTunebook, options: FormatOptions, output: Output, totals: FormatTotals
) -> None:
    from tuneloom.cli.text.formatting import format_book

    data, book = file.book()
    formatted = format_book(data, book, options)
    changed = formatted.data != data
    if output == "write" and changed:
        _rewrite_file(file, data, formatted.data)
    _print_problems(file.name, formatted)
    totals.add(formatted, changed)
    if output == "check" and changed:
        click.echo(f"would format {file.name}")
    elif output == "diff":
        _print_diff(file.name, data, book.charset, formatted.data, options)
    elif output == "text":
        sys.stdout.buffer.write(formatted.data)


def _rewrite_file(file: InputTunebook, before: bytes, after: bytes) -> None:
    from tuneloom.cli.text.rewriting import rewrite

    if file.path is None:
        raise UsageError(
            "--write cannot be used with standard input; without it, the result goes to standard output"
        )
    rewrite(file.path, before, after)


def _print_problems(name: str, formatted: FormattedBook) -> None:
    for found in formatted.problems:
        place = f"{name}:{found.line}:{found.column}"
        click.echo(f"{place}: {found.code} {found.message}; the tune was left as it is", err=True)


def _print_diff(
    name: str, before: bytes, charset: str, after: bytes, options: FormatOptions
) -> None:
    from difflib import unified_diff

    old = before.decode(charset).splitlines(keepends=True)
    new = after.decode("utf-8" if options.to_utf8 else charset).splitlines(keepends=True)
    for line in unified_diff(old, new, name, name):
        click.echo(line.rstrip("\r\n"))


def _format_summary(totals: FormatTotals, written: bool) -> str:
    parts = [
        f"{count_of(totals.changed, 'file')} {'formatted' if written else 'would be formatted'}",
        f"{count_of(totals.unchanged, 'file')} left unchanged",
    ]
    if totals.unparseable:
        parts.append(f"{count_of(totals.unparseable, 'tune')} not parseable")
    made = ", ".join(f"{code} {count:,}" for code, count in totals.repairs.most_common())
    return "; ".join(parts) + (f"\ntunes repaired: {made}" if made else "")
