"""A tune as it is heard: each note with its time, its loudness and its place in the text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

__all__ = ["Playback", "PlayedNote", "TempoMap"]

_SECONDS = 60
_QUARTERS = 4  # of a whole note


@dataclass(frozen=True, slots=True)
class PlayedNote:
    """A note that is heard; times in whole notes from the beginning.

    `pitch` and `velocity` are those of MIDI, from 0 to 127. `offset` is the character of the tune's text
    where the note, or the chord that it belongs to, is written; -1 if that is not known, and for the
    accompaniment. A grace note has the offset of the note that it belongs to. `voice` is the index of the
    voice, which accompaniment has none of.
    """

    pitch: int
    onset: Fraction
    duration: Fraction
    velocity: int
    offset: int = -1
    is_accompaniment: bool = False
    voice: int = 0

    @property
    def end(self) -> Fraction:
        return self.onset + self.duration


@dataclass(frozen=True, slots=True)
class TempoMap:
    """Tempos in quarter notes a minute, and the onsets from which they hold, the first of which is 0."""

    onsets: tuple[Fraction, ...]
    tempos: tuple[float, ...]
    _seconds: tuple[float, ...]

    @classmethod
    def of(cls, changes: Iterable[tuple[Fraction, float]]) -> TempoMap:
        """The map of some changes in order of onset, of which there must be one at 0."""
        last = dict(changes)
        onsets, tempos = tuple(last), tuple(last.values())
        seconds = [0.0]
        for (start, end), tempo in zip(pairwise(onsets), tempos, strict=False):
            seconds.append(seconds[-1] + _length_in_seconds(end - start, tempo))
        return cls(onsets, tempos, tuple(seconds))

    def seconds(self, at: Fraction) -> float:
        """When a time in whole notes has come, in seconds from the beginning."""
        index = bisect_right(self.onsets, at) - 1
        since = _length_in_seconds(at - self.onsets[index], self.tempos[index])
        return self._seconds[index] + since


def _length_in_seconds(length: Fraction, tempo: float) -> float:
    return float(length) * _QUARTERS * _SECONDS / tempo


@dataclass(frozen=True, slots=True)
class Playback:
    """What is heard of a tune: its notes by onset, and how long it lasts, in whole notes.

    `complete` is False where the tune goes on beyond the limits of a performance.
    """

    notes: tuple[PlayedNote, ...]
    tempos: TempoMap
    duration: Fraction
    complete: bool = True

    @property
    def tempo(self) -> float:
        """Quarter notes a minute at the beginning."""
        return self.tempos.tempos[0]

    def seconds(self, at: Fraction) -> float:
        """When a time in whole notes has come, in seconds from the beginning."""
        return self.tempos.seconds(at)

    def without_accompaniment(self) -> Playback:
        """The voices of the tune alone."""
        notes = tuple(note for note in self.notes if not note.is_accompaniment)
        return replace(self, notes=notes)
