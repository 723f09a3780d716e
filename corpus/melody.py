"""The melody of a tune: its id, and the signature by which its variants are found."""

from __future__ import annotations

import hashlib
import itertools
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from rensa import RMinHash

from tuneloom.grammar import Tune
from tuneloom.grammar.tune.elements import BarLine, Chord, Note, Rest

__all__ = [
    "GRAM", "SIGNATURE_SIZE", "Melody", "MelodyEvent", "MelodyNote", "melody_grams", "melody_steps",
    "minhash_signature", "timed",
]  # fmt: skip

SIGNATURE_SIZE = 128  # 16-bit numbers of a signature
_SEED = 1
GRAM = 4  # steps from note to note that make an n-gram

MelodyNote = tuple[int, Fraction]
"""The pitch of a note of a melody, and how long it lasts in whole notes."""


class MelodyEvent(NamedTuple):
    """Pitches in rising order (none for a rest), how long they sound, and the bar in which they begin."""

    pitches: tuple[int, ...]
    duration: Fraction
    bar: int


@dataclass(frozen=True, slots=True)
class Melody:
    """What sounds in a tune, with ties merged, and the indices of the bars with which its sections end."""

    events: tuple[MelodyEvent, ...]
    last_bars: tuple[int, ...]

    @classmethod
    def of(cls, tune: Tune) -> Melody:
        """The melody of the first voice. Bar lines, grace notes and decorations are ignored."""
        ends = (i for i, bar in enumerate(tune.bars) if bar.line and _ends_section(bar.line))
        return cls(tuple(_merged(tune)), tuple(ends))

    @property
    def id(self) -> str:
        """16 hexadecimal digits that depend only on the sound: pitches and durations."""
        text = ";".join(_event_text(p, d.numerator, d.denominator) for p, d, _ in self.events)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def has_notes(self) -> bool:
        return any(event.pitches for event in self.events)

    def notes(self) -> list[MelodyNote]:
        """The pitches of the melody and how long they last, in whole notes.

        Of a chord only the highest note counts, and a rest prolongs the note before it.
        """
        notes: list[MelodyNote] = []
        for pitches, duration, _ in self.events:
            if pitches:
                notes.append((pitches[-1], duration))
            elif notes:
                notes[-1] = notes[-1][0], notes[-1][1] + duration
        return notes

    def note_bars(self) -> list[int]:
        """For each of the `notes` the index of the bar in which it begins."""
        return [bar for pitches, _, bar in self.events if pitches]

    def sections(self) -> list[tuple[int, int]]:
        """The sections of the melody, each as its first note and the one after its last.

        A section ends at a double bar line, where a repeat ends or begins, and with the tune.
        """
        bars = self.note_bars()
        edges = sorted({0, *(bisect_left(bars, bar + 1) for bar in self.last_bars), len(bars)})
        return list(itertools.pairwise(edges))


def minhash_signature(notes: Sequence[MelodyNote]) -> tuple[int, ...]:
    """MinHash of the melody's n-grams, `SIGNATURE_SIZE` numbers (Broder, 1997).

    The share of places in which two signatures agree estimates the Jaccard similarity of the two
    sets of n-grams, with a standard error of 0.044 at most. Of each number the lower 16 bits are kept
    (Li, König: b-Bit Minwise Hashing, 2010): what agrees by chance adds 0.00002.
    """
    sketch = RMinHash(num_perm=SIGNATURE_SIZE, seed=_SEED)
    sketch.update(sorted(melody_grams(notes)))
    return tuple(number & 0xFFFF for number in sketch.digest())


def melody_grams(notes: Sequence[MelodyNote]) -> set[str]:
    """The n-grams of the steps from each note to the next."""
    steps = melody_steps(notes)
    return {" ".join(steps[i : i + GRAM]) for i in range(max(1, len(steps) - GRAM + 1))}


def melody_steps(notes: Sequence[MelodyNote]) -> list[str]:
    """The steps from each note to the next: the interval in semitones and the ratio of durations.

    They are the same in every key and with any unit note length.
    """
    parts = [(pitch, length.numerator, length.denominator) for pitch, length in notes]
    return [
        _step_text(after[0] - before[0], after[1] * before[2], after[2] * before[1])
        for before, after in itertools.pairwise(parts)
    ]


@lru_cache(maxsize=16384)
def _step_text(interval: int, numerator: int, denominator: int) -> str:
    return f"{interval}*{Fraction(numerator, denominator)}"


def _ends_section(line: BarLine) -> bool:
    return line.visible not in ("", "|", ":", "[]")


def timed(tune: Tune) -> Iterator[Note | Chord | Rest]:
    """The notes, chords and rests of a tune, bar after bar."""
    for bar in tune.bars:
        for element in bar.elements:
            if isinstance(element, (Note, Chord, Rest)):
                yield element


def _merged(tune: Tune) -> Iterator[MelodyEvent]:
    following: tuple[int, ...]
    pitches: tuple[int, ...] = ()
    duration, tied, began = Fraction(0), False, 0
    for number, bar in enumerate(tune.bars):
        for element in bar.elements:
            if isinstance(element, Note):
                following = (element.pitch,)
                prolongs = element.tied
            elif isinstance(element, Chord):
                following = tuple(sorted(note.pitch for note in element.notes))
                prolongs = element.tied or element.notes[0].tied
            elif isinstance(element, Rest):
                following, prolongs = (), False
            else:
                continue
            if tied and following == pitches:
                duration += element.duration
            else:
                if duration:
                    yield MelodyEvent(pitches, duration, began)
                pitches, duration, began = following, element.duration, number
            tied = prolongs
    if duration:
        yield MelodyEvent(pitches, duration, began)


@lru_cache(maxsize=16384)
def _event_text(pitches: tuple[int, ...], numerator: int, denominator: int) -> str:
    """An event for the hash of a melody. Two integers, as the hash of a Fraction costs more than a text."""
    return f"{'.'.join(map(str, pitches))}:{Fraction(numerator, denominator)}"
