"""`tuneloom layout`: how many bars a line has, and the unit note length."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import click

from tuneloom.cli.command import command, files_argument
from tuneloom.cli.text.rewritten_books import Rewriting, book_output, diff_option, write_option
from tuneloom.grammar.errors import UsageError

if TYPE_CHECKING:
    from tuneloom.grammar.parsing.result import ParsedTune

__all__ = ["layout_command"]

_MOST_BARS = 100


@command(
    "layout",
    "tuneloom layout tunes.abc --bars-per-line 4 > laid_out.abc",
    "tuneloom layout tunes/ --bars-per-line 8 --diff",
    "tuneloom layout tunes/ --halve --write",
)
@files_argument
@click.option(
    "--bars-per-line",
    type=click.IntRange(1, _MOST_BARS),
    metavar="N",
    help="Break lines of music after N bars, and where a section ends.",
)
@click.option("--double", is_flag=True, help="Double L:, and halve the lengths that are written.")
@click.option("--halve", is_flag=True, help="Halve L:, and double the lengths that are written.")
@diff_option
@write_option
def layout_command(
    files: tuple[str, ...],
    bars_per_line: int | None,
    double: bool,
    halve: bool,
    diff: bool,
    write: bool,
) -> int:
    """Lay tunes out anew.

    Moves the line breaks in the source, or writes tunes with another unit note length (L:); the music stays
    the same. Fields and comments stay where they are, and words (w:) with their notes. A tune in which
    that is not possible is left as it is and reported. Writes to standard output unless --diff or --write
    is given.
    """
    from tuneloom.grammar.editing.tunes.bars_per_line import lay_out_bars
    from tuneloom.grammar.editing.tunes.each_tune import edit_tunes
    from tuneloom.grammar.editing.tunes.unit_length import scale_unit_length

    output = book_output(diff, write)
    if (bars_per_line is not None) + double + halve != 1:
        raise UsageError("give one of --bars-per-line, --double and --halve")

    def edit(parsed: ParsedTune, text: str, file_header: str) -> str:
        if bars_per_line is not None:
            return lay_out_bars(parsed, text, bars_per_line, file_header)
        factor = Fraction(2) if double else Fraction(1, 2)
        return scale_unit_length(parsed, text, factor, file_header)

    return Rewriting(
        "lay out", "laid out", output, lambda data, book: edit_tunes(data, book, edit)
    ).run(files)
