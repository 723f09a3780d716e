"""`tuneloom format`: rewrites tunes in canonical spelling and leaves everything else as it is."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

from tuneloom.cli.command import command, files_argument
from tuneloom.cli.text.rewritten_books import Rewriting, book_output, diff_option, write_option

if TYPE_CHECKING:
    from tuneloom.cli.text.formatting import LineEnds

__all__ = ["format_command"]


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
@diff_option
@write_option
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
    line_ends: LineEnds,
    to_utf8: bool,
) -> int:
    """Rewrite tunes in canonical spelling.

    Writes to standard output unless --check, --diff or --write is given. Text outside tunes, and tunes
    that are not parseable, stay as they are.
    """
    from tuneloom.cli.text.formatting import LINE_ENDS, FormatOptions, format_book
    from tuneloom.grammar.processes import usable_cores

    output = book_output(diff, write, check)
    options = FormatOptions(repair, unsafe, LINE_ENDS[line_ends], to_utf8)
    edit = partial(format_book, options=options, workers=usable_cores())
    return Rewriting("format", "formatted", output, edit).run(files)
