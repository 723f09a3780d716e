"""`tuneloom format`: tunes in one spelling, with everything else as it was."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from tuneloom.grammar.errors import UsageError

if TYPE_CHECKING:
    from tuneloom.cli.text.formatting import Formatted, Wishes
    from tuneloom.cli.text.tunefiles import TuneFile

__all__ = ["format_"]

FINDINGS, BAD_FILE = 1, 2
_LINE_ENDS = {"as-found": None, "lf": "\n", "crlf": "\r\n"}


def format_(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE…", help="Files, directories of .abc files, or - for standard input."
        ),
    ],
    check: Annotated[
        bool,
        typer.Option(
            "--check", help="Write nothing; name the files that would change, and exit 1."
        ),
    ] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="Write nothing; show what would change, and exit 1.")
    ] = False,
    write: Annotated[bool, typer.Option("--write", help="Write the files anew.")] = False,
    repair: Annotated[
        bool,
        typer.Option(
            "--repair", help="Make the safe repairs as well: what sounds does not change."
        ),
    ] = False,
    unsafe: Annotated[
        bool,
        typer.Option("--unsafe", help="With --repair, also those that guess at what was meant."),
    ] = False,
    line_ends: Annotated[
        Literal["as-found", "lf", "crlf"], typer.Option(help="How lines end.")
    ] = "as-found",
    to_utf8: Annotated[
        bool, typer.Option("--to-utf8", help="Write UTF-8, whatever the charset that was found.")
    ] = False,
) -> int:
    """Write tunes in one spelling; without --check, --diff or --write, on standard output."""
    from tuneloom.cli.text.formatting import Wishes, format_book
    from tuneloom.cli.text.tunefiles import find_files

    if check + diff + write > 1:
        raise UsageError("--check, --diff and --write exclude each other")
    if unsafe and not repair:
        raise UsageError("--unsafe goes with --repair")
    wishes = Wishes(repair, unsafe, _LINE_ENDS[line_ends], to_utf8)
    tally: Counter[str] = Counter()
    repairs: Counter[str] = Counter()
    for file in find_files(files):
        try:
            data, book = file.book()
            formatted = format_book(data, book, wishes)
            if write and formatted.data != data:
                _write(file, data, formatted.data)
        except UsageError as error:
            typer.echo(f"error: {error}", err=True)
            tally["bad"] += 1
            continue
        _tell_problems(file.name, formatted)
        repairs += formatted.repairs
        tally["tunes not parseable"] += len(formatted.problems)
        tally["changed" if formatted.data != data else "unchanged"] += 1
        if check and formatted.data != data:
            typer.echo(f"would format {file.name}")
        elif diff:
            _print_diff(file.name, data, book.charset, formatted.data, wishes)
        elif not (check or write):
            sys.stdout.buffer.write(formatted.data)
    if check or diff or write:
        typer.echo(_summary(tally, repairs, write), err=True)
    if tally["bad"]:
        return BAD_FILE
    return FINDINGS if tally["changed"] and (check or diff) else 0


def _write(file: TuneFile, before: bytes, after: bytes) -> None:
    from tuneloom.cli.text.rewriting import rewrite

    if file.path is None:
        raise UsageError("--write cannot write standard input; leave it out for standard output")
    rewrite(file.path, before, after)


def _tell_problems(name: str, formatted: Formatted) -> None:
    for found in formatted.problems:
        place = f"{name}:{found.line}:{found.column}"
        typer.echo(f"{place}: {found.code} {found.message}; the tune was left as it is", err=True)


def _print_diff(name: str, before: bytes, charset: str, after: bytes, wishes: Wishes) -> None:
    from difflib import unified_diff

    old = before.decode(charset).splitlines(keepends=True)
    new = after.decode("utf-8" if wishes.to_utf8 else charset).splitlines(keepends=True)
    for line in unified_diff(old, new, name, name):
        typer.echo(line.rstrip("\r\n"))


def _summary(tally: Counter[str], repairs: Counter[str], written: bool) -> str:
    changed, unchanged = tally["changed"], tally["unchanged"]
    parts = [f"{_files(changed)} {'formatted' if written else 'would be formatted'}"]
    parts.append(f"{_files(unchanged)} left unchanged")
    if tally["tunes not parseable"]:
        parts.append(f"{tally['tunes not parseable']:,} tunes not parseable")
    told = ", ".join(f"{code} {count:,}" for code, count in repairs.most_common())
    return "; ".join(parts) + (f"\nrepaired, in so many tunes: {told}" if told else "")


def _files(count: int) -> str:
    return f"{count:,} {'file' if count == 1 else 'files'}"
