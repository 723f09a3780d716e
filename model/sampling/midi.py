"""Tunes as MIDI files, by the abc2midi inside symusic."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tuneloom.grammar import is_parseable
from tuneloom.grammar.errors import UsageError
from tuneloom.model.runtime.fd_redirect import silenced
from tuneloom.model.sampling.generate import Draw

__all__ = ["write_midi"]


def write_midi(tunes: Mapping[int, Draw], directory: Path) -> int:
    """Write each tune that can be played to `0001.mid` and so on; how many were written.

    What is not parseable is left alone: abc2midi would play some of it. Raises UsageError without
    symusic.
    """
    try:
        from symusic import Score
    except ImportError:
        raise UsageError("--midi: needs symusic; install it with `pip install symusic`") from None
    directory.mkdir(parents=True, exist_ok=True)
    written = 0
    for number, draw in tunes.items():
        text = draw.to_judge().tune_text
        if not draw.finished or not is_parseable(text):
            continue
        try:
            with silenced(1):  # abc2midi prints there, in C
                score: Any = Score.from_abc(text)
        except Exception:  # whatever keeps another program from playing is not ours to tell apart
            continue
        if any(len(track.notes) for track in score.tracks):
            score.dump_midi(directory / f"{number:04}.mid")
            written += 1
    return written
