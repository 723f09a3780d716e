"""`tuneloom midi` and `tuneloom wav`: write what tunes sound like."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from tuneloom.cli.command import command, files_argument
from tuneloom.cli.files.output_files import output_options, write_files
from tuneloom.corpus.playback.midi import INSTRUMENTS

if TYPE_CHECKING:
    from tuneloom.cli.files.input_tunes import NumberedTune
    from tuneloom.corpus.playback.playback import Playback

__all__ = ["midi_command", "wav_command"]

F = TypeVar("F", bound=Callable[..., object])


def _playing_options(function: F) -> F:
    """Add the options `--times` and `--no-chords`."""
    function = click.option(
        "--no-chords", is_flag=True, help="Play the tune alone, without its chord symbols."
    )(function)
    return click.option(
        "--times",
        metavar="N",
        type=click.IntRange(1, 100),
        default=1,
        help="Play each tune so many times over.",
    )(function)


@command(
    "midi",
    "tuneloom midi kesh.abc -o kesh.mid",
    "tuneloom midi session.abc -o session-midi --times 3 --instrument flute",
)
@files_argument
@output_options(".mid")
@click.option(
    "--instrument",
    metavar="NAME",
    type=click.Choice(list(INSTRUMENTS)),
    default="fiddle",
    help=f"What plays the voices: {', '.join(INSTRUMENTS)}.",
)
@_playing_options
def midi_command(
    files: tuple[str, ...],
    output: Path,
    overwrite: bool,
    instrument: str,
    times: int,
    no_chords: bool,
) -> int:
    """Write tunes as MIDI files.

    Repeats are played, grace notes too, and chord symbols as a quiet accompaniment. The tempo is that of Q:,
    or the usual one of the rhythm. Exits with 1 if a tune is left out.
    """
    from tuneloom.corpus.playback.midi import midi_bytes

    def as_midi(tune: NumberedTune, playback: Playback) -> bytes:
        return midi_bytes(tune.tune, playback, tune.title, instrument)

    return _write_sounds(files, output, ".mid", overwrite, times, no_chords, as_midi)


@command(
    "wav",
    "tuneloom wav kesh.abc -o kesh.wav",
    "tuneloom wav session.abc -o session-wav --times 2 --no-chords",
)
@files_argument
@output_options(".wav")
@_playing_options
def wav_command(
    files: tuple[str, ...], output: Path, overwrite: bool, times: int, no_chords: bool
) -> int:
    """Write tunes as sound, played on plucked strings.

    The files are mono, 44.1 kHz, 16 bit. What is played is as for tuneloom midi. Exits with 1 if a tune is
    left out, such as one that lasts longer than 20 minutes.
    """
    from tuneloom.corpus.playback.wav import wav_bytes

    return _write_sounds(
        files, output, ".wav", overwrite, times, no_chords, lambda _, playback: wav_bytes(playback)
    )


def _write_sounds(
    files: tuple[str, ...],
    output: Path,
    suffix: str,
    overwrite: bool,
    times: int,
    no_chords: bool,
    sound: Callable[[NumberedTune, Playback], bytes],
) -> int:
    from tuneloom.corpus.playback.play import play
    from tuneloom.corpus.playback.written_files import UnwritableTune

    def played(tune: NumberedTune) -> bytes:
        playback = play(tune.tune, times)
        if no_chords:
            playback = playback.without_accompaniment()
        if not playback.notes:
            raise UnwritableTune("no note to play")
        return sound(tune, playback)

    return write_files(
        files, output, suffix, overwrite, suffix[1:].upper().replace("MID", "MIDI"), played
    )
