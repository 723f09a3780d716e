"""What is heard of a tune: its bars in playing order, and the notes that sound."""

from __future__ import annotations

from fractions import Fraction

from msgspec import Struct

from tuneloom.grammar.tune.quoted import ChordSymbol
from tuneloom.grammar.tune.tempo import Tempo

__all__ = ["ChordChange", "Performance", "PlayedBar", "SoundingEvent", "TempoChange"]


class SoundingEvent(Struct, frozen=True):
    """A note that sounds, with everything that is tied to it; times in whole notes from the beginning.

    `voice` is the index of the voice, and `note` that of the note or chord among those of the whole tune as
    written, voice by voice, grace notes not counted. Of tied notes it is the first. `graces` has the
    pitches of the grace notes before it, which take no time.
    """

    onset: Fraction
    duration: Fraction
    pitch: int
    voice: int
    note: int
    graces: tuple[int, ...] = ()

    @property
    def end(self) -> Fraction:
        """When it ends, in whole notes from the beginning."""
        return self.onset + self.duration


class PlayedBar(Struct, frozen=True):
    """One playing of bar `bar` of voice `voice` (indices in the tune), with its times in whole notes.

    `meter` is the value of M: that holds at its first note.
    """

    voice: int
    bar: int
    onset: Fraction
    duration: Fraction
    meter: str


class ChordChange(Struct, frozen=True):
    """A chord symbol, and when it is reached in playing; going back, also one that was reached before."""

    onset: Fraction
    voice: int
    symbol: ChordSymbol


class TempoChange(Struct, frozen=True):
    """A Q: in the music, and when it is reached in playing."""

    onset: Fraction
    voice: int
    tempo: Tempo


class Performance(Struct, frozen=True):
    """What is heard of a tune.

    `bars` has for each voice its bars in the order in which they are played, without those that take no
    time; `events` the notes of all voices by onset, voice and pitch; `chords` and `tempos` what changes, by
    onset and voice. `complete` is False where the tune goes on beyond the limits of how much is played.
    """

    bars: tuple[tuple[PlayedBar, ...], ...]
    events: tuple[SoundingEvent, ...]
    complete: bool = True
    chords: tuple[ChordChange, ...] = ()
    tempos: tuple[TempoChange, ...] = ()

    @property
    def duration(self) -> Fraction:
        """From the beginning to the end of the last bar, in whole notes."""
        ends = (bars[-1].onset + bars[-1].duration for bars in self.bars if bars)
        return max(ends, default=Fraction(0))
