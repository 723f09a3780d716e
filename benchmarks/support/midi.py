"""A tune according to another program: abc2midi, which is part of symusic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from tempfile import TemporaryFile
from typing import Any

from benchmarks.support.heard_notes import HeardNotes
from tuneloom.model.runtime.fd_redirect import redirect_fd

__all__ = ["MidiPerformance", "abc2midi_notes", "play_abc"]


@dataclass(frozen=True, slots=True)
class MidiPerformance:
    """What is heard: the tempos in quarter notes a minute, and the notes of each track.

    A tempo is its start and value, a note its start, length and pitch; times are in quarter notes.
    """

    tempos: tuple[tuple[Fraction, float], ...]
    tracks: tuple[tuple[tuple[Fraction, Fraction, int], ...], ...]


def abc2midi_notes(texts: Sequence[str]) -> list[HeardNotes]:
    """The notes of each tune, none where nothing can be played."""
    performances = (play_abc(text)[0] for text in texts)
    return [
        [(at, pitch, length) for track in heard.tracks for at, length, pitch in track]
        if heard
        else []
        for heard in performances
    ]


def play_abc(text: str) -> tuple[MidiPerformance | None, str]:
    """What abc2midi makes of a tune, None if nothing can be played, and its complaints.

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
    tracks = tuple(
        tuple(
            sorted(
                (_quarters(n.time, unit), _quarters(n.duration, unit), n.pitch) for n in track.notes
            )
        )
        for track in score.tracks
        if len(track.notes)
    )
    tempos = tuple((_quarters(tempo.time, unit), round(tempo.qpm, 1)) for tempo in score.tempos)
    return (MidiPerformance(tempos, tracks) if tracks else None), complaints


def _quarters(ticks: int, unit: int) -> Fraction:
    return Fraction(round(Fraction(ticks * 96, unit)), 96)
