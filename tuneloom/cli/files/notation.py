"""`tuneloom musicxml`, `tuneloom svg` and `tuneloom png`: write tunes as scores."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tuneloom.cli.command import command, files_argument
from tuneloom.cli.files.output_files import output_options, write_files

if TYPE_CHECKING:
    from tuneloom.cli.files.input_tunes import NumberedTune

__all__ = ["musicxml_command", "png_command", "svg_command"]


@command(
    "musicxml",
    "tuneloom musicxml kesh.abc -o kesh.musicxml",
    "tuneloom musicxml session.abc -o session-musicxml",
)
@files_argument
@output_options(".musicxml")
def musicxml_command(files: tuple[str, ...], output: Path, overwrite: bool) -> int:
    """Write tunes as MusicXML, for MuseScore and other editors of scores.

    Repeats and endings stay as written. Exits with 1 if a tune is left out.
    """
    from tuneloom.corpus.playback.notation.musicxml import musicxml_bytes

    def written(tune: NumberedTune) -> bytes:
        return musicxml_bytes(tune.tune)

    return write_files(files, output, ".musicxml", overwrite, "MusicXML", written)


@command("svg", "tuneloom svg kesh.abc -o kesh.svg", "tuneloom svg session.abc -o session-svg")
@files_argument
@output_options(".svg")
def svg_command(files: tuple[str, ...], output: Path, overwrite: bool) -> int:
    """Engrave tunes as SVG pictures.

    Each tune is one picture, as high as it needs. Exits with 1 if a tune is left out.
    """
    from tuneloom.corpus.playback.notation.engraving import Engraver
    from tuneloom.corpus.playback.notation.musicxml import musicxml_bytes

    with Engraver() as engraver:

        def engraved(tune: NumberedTune) -> bytes:
            score = musicxml_bytes(tune.tune)
            return engraver.svg(score, tune.title, tune.composer).encode()

        return write_files(files, output, ".svg", overwrite, "SVG", engraved)


@command("png", "tuneloom png kesh.abc -o kesh.png --width 2000")
@files_argument
@output_options(".png")
@click.option(
    "--width",
    metavar="PIXELS",
    type=click.IntRange(100, 10_000),
    default=1600,
    help="Width of the picture; its height follows.",
)
def png_command(files: tuple[str, ...], output: Path, overwrite: bool, width: int) -> int:
    """Engrave tunes as PNG pictures, black on white.

    Each tune is one picture, as high as it needs. Exits with 1 if a tune is left out.
    """
    from tuneloom.corpus.playback.notation.engraving import Engraver, png_bytes
    from tuneloom.corpus.playback.notation.musicxml import musicxml_bytes

    with Engraver() as engraver:

        def drawn(tune: NumberedTune) -> bytes:
            score = musicxml_bytes(tune.tune)
            return png_bytes(engraver.svg(score, tune.title, tune.composer), width)

        return write_files(files, output, ".png", overwrite, "PNG", drawn)
