"""Chord symbols as a quiet accompaniment: a bass note on the strong beats, the chord on the others."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import islice

from tuneloom.corpus.playback.beats import PlacedBar, beat_of
from tuneloom.corpus.playback.chord_qualities import known_quality
from tuneloom.corpus.playback.playback import PlayedNote
from tuneloom.grammar.tune.durations import is_compound, meter_fraction
from tuneloom.grammar.tune.performance import ChordChange
from tuneloom.grammar.tune.pitch import natural_pitch
from tuneloom.grammar.tune.quoted import ChordSymbol

__all__ = ["accompaniment", "chord_pitches"]

# How often the bass or a chord is struck at most, for each note of the melody and besides: a single long
# note may have any number of beats. Of 2,380 real tunes with chords, none has more than 2.1 for a note.
_STRIKES_OF_NOTE, _MORE_STRIKES = 3, 64

_BASS, _CHORD = 64, 52  # velocities
_LOWEST_BASS, _LOWEST_CHORD = 36, 52  # the octaves that they are played in begin at C and at E
_ALTERATIONS = {"#": 1, "b": -1, "=": 0, "": 0}
# Intervals above the root in semitones, by how the quality begins; the longest beginning counts.
_QUALITIES: dict[str, tuple[int, ...]] = {
    "": (0, 4, 7), "6": (0, 4, 7, 9), "7": (0, 4, 7, 10), "9": (0, 4, 7, 10, 2), "11": (0, 7, 10, 2, 5),
    "13": (0, 4, 10, 9), "maj": (0, 4, 7), "maj7": (0, 4, 7, 11), "M": (0, 4, 7), "M7": (0, 4, 7, 11),
    "maj9": (0, 4, 7, 11, 2), "m": (0, 3, 7), "min": (0, 3, 7), "mi": (0, 3, 7), "-": (0, 3, 7),
    "ma": (0, 4, 7), "ma7": (0, 4, 7, 11), "m6": (0, 3, 7, 9), "min6": (0, 3, 7, 9), "m7": (0, 3, 7, 10),
    "min7": (0, 3, 7, 10), "mi7": (0, 3, 7, 10), "-7": (0, 3, 7, 10), "m9": (0, 3, 7, 10, 2),
    "mmaj7": (0, 3, 7, 11), "m7b5": (0, 3, 6, 10), "ø": (0, 3, 6, 10), "dim": (0, 3, 6),
    "dim7": (0, 3, 6, 9), "o": (0, 3, 6), "o7": (0, 3, 6, 9), "°": (0, 3, 6), "°7": (0, 3, 6, 9),
    "aug": (0, 4, 8), "+": (0, 4, 8), "aug7": (0, 4, 8, 10), "+7": (0, 4, 8, 10), "7b5": (0, 4, 6, 10),
    "sus": (0, 5, 7), "sus4": (0, 5, 7), "sus2": (0, 2, 7), "7sus4": (0, 5, 7, 10), "5": (0, 7),
    "add9": (0, 4, 7, 2),
}  # fmt: skip


@lru_cache(maxsize=1024)
def chord_pitches(symbol: ChordSymbol) -> tuple[int, tuple[int, ...]]:
    """The MIDI pitches of a chord's bass note, and of its other notes from low to high.

    A quality that is not known is played as far as its beginning is: `7alt` as `7`.
    """
    root = _pitch_class(symbol.root)
    intervals = _QUALITIES[known_quality(symbol, _QUALITIES)]
    notes = ((root + interval - _LOWEST_CHORD) % 12 for interval in intervals)
    bass = _LOWEST_BASS + _pitch_class(symbol.bass or symbol.root)
    return bass, tuple(sorted(_LOWEST_CHORD + note for note in notes))


def _pitch_class(name: str) -> int:
    return (natural_pitch(name[0], 4) + _ALTERATIONS[name[1:]]) % 12


def accompaniment(
    chords: Sequence[ChordChange], bars: Iterable[PlacedBar], notes: int
) -> Iterator[PlayedNote]:
    """What accompanies the bars of a voice, from the first chord symbol on.

    It ends early where it would be much longer than a melody of so many notes.
    """
    onsets = [change.onset for change in chords]
    left = _STRIKES_OF_NOTE * notes + _MORE_STRIKES
    for bar in bars:
        strikes = list(islice(_strikes(bar), left))
        left -= len(strikes)
        ends = [*(at for at, _ in strikes[1:]), bar.played.onset + bar.played.duration]
        # A pickup may be too short for any.
        for (at, is_bass), end in zip(strikes, ends, strict=False):
            change = bisect_right(onsets, at) - 1
            if change < 0 or not chords[change].symbol.root:
                continue
            bass, others = chord_pitches(chords[change].symbol)
            for pitch in (bass,) if is_bass else others:
                velocity = _BASS if is_bass else _CHORD
                yield PlayedNote(pitch, at, end - at, velocity, is_accompaniment=True)


def _strikes(bar: PlacedBar) -> Iterator[tuple[Fraction, bool]]:
    """When something is struck in a bar, and whether it is the bass."""
    meter, beat = bar.played.meter, beat_of(bar.played.meter)
    whole = meter_fraction(meter) or bar.played.duration
    compound = is_compound(meter) and beat.numerator == 3
    in_turn = (whole / beat) % 2 == 0
    last = bar.position + bar.played.duration
    for number in range(int(bar.position / beat), -int(-last // beat)):
        at = number * beat
        is_bass = compound or not number or (in_turn and number % 2 == 0)
        struck = [(at, is_bass)] + ([(at + 2 * beat / 3, False)] if compound else [])
        for position, low in struck:
            if bar.position <= position < last:
                yield bar.played.onset + position - bar.position, low
