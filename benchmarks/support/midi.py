"""The notes of a tune according to another program: abc2midi, which is part of symusic."""

from __future__ import annotations

from fractions import Fraction
from tempfile import TemporaryFile
from typing import Any

from tuneloom.model.runtime.fd_redirect import redirect_fd

__all__ = ["TrackNotes", "midi_notes", "play_abc"]

# The notes of each track: start and length in quarter notes, and pitch.
TrackNotes = list[list[tuple[Fraction, Fraction, int]]]


def midi_notes(text: str) -> TrackNotes | None:
    """The notes of a tune, or None if nothing can be played."""
    return play_abc(text)[0]


def play_abc(text: str) -> tuple[TrackNotes | None, str]:
    """The notes of a tune, None if nothing can be played, and the complaints of abc2midi.

    Times are rounded to a 96th of a quarter note, since abc2midi ends notes a little early and starts the
    first one a tick late.
    """
    from symusic import Score

    with TemporaryFile() as said:
        try:
            with redirect_fd(1, said.fileno()):  # abc2midi prints there, in C
                score: Any = Score.from_abc(text)
        except Exception:  # whatever the reason, there is nothing to play
            return None, "no music"
        said.seek(0)
        complaints = said.read().decode(errors="replace")
    unit = score.ticks_per_quarter
    tracks = [
        sorted((_quarters(n.time, unit), _quarters(n.duration, unit), n.pitch) for n in track.notes)
        for track in score.tracks
    ]
    return [track for track in tracks if track] or None, complaints


def _quarters(ticks: int, unit: int) -> Fraction:
    return Fraction(round(Fraction(ticks * 96, unit)), 96)
