"""What a tune sounds like to another program: the notes of the MIDI that abc2midi, inside symusic, makes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction

__all__ = ["Notes", "notes_of"]

# For each track: start and length in quarter notes, pitch.
Notes = list[list[tuple[Fraction, Fraction, int]]]


def notes_of(text: str) -> Notes | None:
    """The notes of a tune, or None if nothing can be played.

    abc2midi shortens a note a little before the next, and the first starts a tick late: times are rounded
    to a 96th of a quarter note.
    """
    from symusic import Score

    try:
        with _silence():
            score = Score.from_abc(text)
    except Exception:  # whatever keeps another program from playing is not ours to tell apart
        return None
    unit = score.ticks_per_quarter
    tracks = [
        sorted((_time(n.time, unit), _time(n.duration, unit), n.pitch) for n in track.notes)
        for track in score.tracks
    ]
    return [track for track in tracks if track] or None


def _time(ticks: int, unit: int) -> Fraction:
    return Fraction(round(Fraction(ticks * 96, unit)), 96)


@contextmanager
def _silence() -> Iterator[None]:
    """Keep what abc2midi prints, in C, from standard output."""
    kept, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    try:
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)
