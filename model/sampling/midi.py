"""Generated tunes as MIDI files, played as `tuneloom midi` plays them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tuneloom.corpus.playback.midi import midi_bytes
from tuneloom.corpus.playback.play import play
from tuneloom.corpus.playback.written_files import is_marked_file
from tuneloom.grammar import parse
from tuneloom.grammar.errors import UsageError
from tuneloom.model.runtime.atomic import atomic_output
from tuneloom.model.sampling.generated import GeneratedTune

__all__ = ["write_midi"]


def write_midi(tunes: Mapping[int, GeneratedTune], directory: Path, name: str) -> int:
    """Write the tunes that can be played to `0001.mid` and so on; return how many were written.

    The tracks are called `name, tune 1` and so on. Unfinished and unparseable tunes are skipped.

    Raises:
        UsageError: a file of that name is there, and Tuneloom did not write it.
    """
    directory.mkdir(parents=True, exist_ok=True)
    written = 0
    for number, tune in tunes.items():
        parsed = parse(tune.to_drawn_text().tune_text)
        if not (tune.finished and parsed.parseable):
            continue
        playback = play(parsed.tune)
        if playback.notes:
            path = directory / f"{number:04}.mid"
            _refuse_others(path)
            with atomic_output(path) as temporary:
                temporary.write_bytes(midi_bytes(parsed.tune, playback, f"{name}, tune {number}"))
            written += 1
    return written


def _refuse_others(path: Path) -> None:
    if path.exists() and not is_marked_file(path):
        raise UsageError(
            f"{path}: not written by Tuneloom, so it is not replaced; choose another --midi"
        )
