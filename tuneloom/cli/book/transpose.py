"""`tuneloom transpose`: writes tunes in other keys."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import click

from tuneloom.cli.command import command, files_argument
from tuneloom.cli.text.rewritten_books import Rewriting, book_output, diff_option, write_option
from tuneloom.grammar.errors import UsageError

if TYPE_CHECKING:
    from tuneloom.grammar.editing.tunes.transposition import KeySpelling
    from tuneloom.grammar.parsing.result import ParsedTune

__all__ = ["transpose_command"]

_MOST_SEMITONES = 48


class _KeyName(click.ParamType[str]):
    """A tonic such as `Bb`, or a key such as `Am`, without anything else."""

    name = "key"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from tuneloom.grammar.tune.key import split_key

        tonic, mode, rest = split_key(value.strip())
        if not tonic or mode == "exp" or rest:
            self.fail(f"{value!r} is no key, such as D, Bb, F#m or Ador", param, ctx)
        return str(value.strip())


@command(
    "transpose",
    "tuneloom transpose tunes.abc --semitones -2 > lower.abc",
    "tuneloom transpose tunes.abc --to D --diff",
    "tuneloom transpose tunes/ --from-key G --to A --write",
)
@files_argument
@click.option(
    "--semitones",
    type=click.IntRange(-_MOST_SEMITONES, _MOST_SEMITONES),
    metavar="N",
    help=f"Transpose up by N semitones, or down by -N; at most {_MOST_SEMITONES}.",
)
@click.option(
    "--to",
    type=_KeyName(),
    metavar="KEY",
    help="Transpose each tune by the nearest way to this tonic (D), or only those of a mode (Dm).",
)
@click.option(
    "--from-key",
    type=_KeyName(),
    metavar="KEY",
    help="Transpose only the tunes in this key: of any mode (A), or of one (Am, Ador, Amaj).",
)
@click.option(
    "--sharps", is_flag=True, help="Of two keys that sound alike, write that with sharps."
)
@click.option("--flats", is_flag=True, help="Of two keys that sound alike, write that with flats.")
@diff_option
@write_option
def transpose_command(
    files: tuple[str, ...],
    semitones: int | None,
    to: str | None,
    from_key: str | None,
    sharps: bool,
    flats: bool,
    diff: bool,
    write: bool,
) -> int:
    """Transpose tunes.

    Notes, keys and chord symbols are written anew, in the key that has the fewest sharps or flats; nothing
    else changes. Percussion (clef=perc) stays. A tune that is not parseable, or in a key such as none or HP,
    is left as it is and reported. Writes to standard output unless --diff or --write is given.
    """
    from tuneloom.grammar.editing.tunes.each_tune import edit_tunes

    output = book_output(diff, write)
    if (semitones is None) == (to is None):
        raise UsageError("give either --semitones or --to")
    if sharps + flats + (to is not None) > 1:
        raise UsageError(
            "--sharps, --flats and --to cannot be combined: each says how keys are spelt"
        )
    spelling: KeySpelling = "sharps" if sharps else "flats" if flats else "fewest"
    edit = partial(_transposed_as_asked, semitones or 0, to or "", from_key or "", spelling)
    return Rewriting(
        "transpose", "transposed", output, lambda data, book: edit_tunes(data, book, edit)
    ).run(files)


def _transposed_as_asked(
    semitones: int,
    to: str,
    from_key: str,
    spelling: KeySpelling,
    parsed: ParsedTune,
    text: str,
    file_header: str,
) -> str:
    """The text of one tune as the options ask for it."""
    from tuneloom.grammar.editing.tunes.transpose_tune import transpose_tune
    from tuneloom.grammar.editing.tunes.transposition import Transposition, is_in_key

    tune = parsed.tune
    if from_key and not is_in_key(tune.key, from_key):
        return text
    move = Transposition.to_key(to, tune) if to else Transposition(semitones, spelling)
    return transpose_tune(parsed, text, move, file_header)
