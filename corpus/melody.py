"""The melody of a tune: its id, and the signature by which its variants are found."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterator, Sequence
from fractions import Fraction

from rensa import RMinHash

from tuneloom.grammar import Tune
from tuneloom.grammar.tune.elements import Chord, Note, Rest

__all__ = [
    "GRAM", "SIGNATURE_SIZE", "melody_grams", "melody_id", "melody_notes", "melody_steps",
    "minhash_signature", "timed",
]  # fmt: skip

SIGNATURE_SIZE = 128  # 16-bit numbers of a signature
_SEED = 1
GRAM = 4  # steps from note to note that make an n-gram

Event = tuple[tuple[int, ...], Fraction]


def melody_id(tune: Tune) -> str:
    """16 hexadecimal digits that depend only on the sound: pitches and durations, with ties merged."""
    events = ";".join(f"{'.'.join(map(str, p))}:{duration}" for p, duration in _merged(tune))
    return hashlib.sha256(events.encode()).hexdigest()[:16]


def minhash_signature(tune: Tune) -> tuple[int, ...]:
    """MinHash of the melody's n-grams, `SIGNATURE_SIZE` numbers (Broder, 1997).

    The share of places in which two signatures agree estimates the Jaccard similarity of the two
    sets of n-grams, with a standard error of 0.044 at most. Of each number the lower 16 bits are kept
    (Li, König: b-Bit Minwise Hashing, 2010): what agrees by chance adds 0.00002.
    """
    sketch = RMinHash(num_perm=SIGNATURE_SIZE, seed=_SEED)
    sketch.update(sorted(melody_grams(tune)))
    return tuple(number & 0xFFFF for number in sketch.digest())


def melody_grams(tune: Tune) -> set[str]:
    """The n-grams of the steps from each note to the next."""
    steps = melody_steps(melody_notes(tune))
    return {" ".join(steps[i : i + GRAM]) for i in range(max(1, len(steps) - GRAM + 1))}


def melody_steps(notes: Sequence[tuple[int, Fraction]]) -> list[str]:
    """The steps from each note to the next: the interval in semitones and the ratio of durations.

    They are the same in every key and with any unit note length.
    """
    return [
        f"{after - before}*{length / last}"
        for (before, last), (after, length) in itertools.pairwise(notes)
    ]


def melody_notes(tune: Tune) -> list[tuple[int, Fraction]]:
    """The pitches of the melody and how long they last, in whole notes; ties are merged.

    Bar lines, grace notes and decorations are ignored. Of a chord only the highest note counts, and a
    rest prolongs the note before it.
    """
    notes: list[tuple[int, Fraction]] = []
    for pitches, duration in _merged(tune):
        if pitches:
            notes.append((pitches[-1], duration))
        elif notes:
            notes[-1] = notes[-1][0], notes[-1][1] + duration
    return notes


def timed(tune: Tune) -> Iterator[Note | Chord | Rest]:
    """The notes, chords and rests of a tune, bar after bar."""
    for bar in tune.bars:
        for element in bar.elements:
            if isinstance(element, Note | Chord | Rest):
                yield element


def _merged(tune: Tune) -> Iterator[Event]:
    """Pitches in rising order (none for a rest) and how long they sound."""
    pitches: tuple[int, ...] = ()
    duration, tied = Fraction(0), False
    for element in timed(tune):
        following, prolongs = _pitches(element)
        if tied and following == pitches:
            duration += element.duration
        else:
            if duration:
                yield pitches, duration
            pitches, duration = following, element.duration
        tied = prolongs
    if duration:
        yield pitches, duration


def _pitches(element: Note | Chord | Rest) -> tuple[tuple[int, ...], bool]:
    """The pitches that sound, and whether a tie prolongs them."""
    if isinstance(element, Note):
        return (element.pitch,), element.tied
    if isinstance(element, Chord):
        pitches = tuple(sorted(note.pitch for note in element.notes))
        return pitches, element.tied or element.notes[0].tied
    return (), False
