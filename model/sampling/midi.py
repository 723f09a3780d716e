"""Tunes as MIDI files, converted by abc2midi inside symusic."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tuneloom.grammar import is_parseable
from tuneloom.grammar.errors import UsageError
from tuneloom.model.runtime.fd_redirect import silence_fd
from tuneloom.model.sampling.generated import GeneratedTune

__all__ = ["write_midi"]


def write_midi(tunes: Mapping[int, GeneratedTune], directory: Path) -> int:
    """Write the tunes that can be played to `0001.mid` and so on; return how many were written.

    Unfinished and unparseable tunes are skipped, though abc2midi would play parts of them.

    Raises:
        UsageError: symusic is not installed.
    """
    try:
        from symusic import Score
    except ImportError:
        raise UsageError("--midi: needs symusic; install it with `pip install symusic`") from None
    directory.mkdir(parents=True, exist_ok=True)
    written = 0
    for number, tune in tunes.items():
        text = tune.to_drawn_text().tune_text
        if not tune.finished or not is_parseable(text):
            continue
        try:
            with silence_fd(1):  # abc2midi prints to standard output, in C
                score: Any = Score.from_abc(text)
        except Exception:  # the reasons why another program cannot play a tune are not ours to sort
            continue
        if any(len(track.notes) for track in score.tracks):
            score.dump_midi(directory / f"{number:04}.mid")
            written += 1
    return written
