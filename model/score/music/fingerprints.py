"""Prints by which a copy is told in any key, octave and note length, with its repeats written out or not.

A print is a hash of the steps from note to note: the interval modulo the octave, and the ratio of durations.
A tune has one print as written and, if it is played in another order, one as played.
"""

from __future__ import annotations

import hashlib
import itertools
from array import array
from collections.abc import Iterable, Sequence

from tuneloom.model.score.music.bar_contents import BarContent

__all__ = ["MIN_NOTES", "tune_fingerprints"]

MIN_NOTES = 8
"""Shorter melodies have no prints, since many have their few steps in common."""


def tune_fingerprints(contents: Sequence[BarContent], order: Sequence[int]) -> tuple[str, ...]:
    """The prints of a tune by its bars and the order in which they are played: one, two, or none."""
    played = [contents[at] for at in order]
    timed = [content for content in contents if content]
    versions = [timed] if played == timed else [timed, played]
    found = (_fingerprint(version) for version in versions)
    return tuple(dict.fromkeys(each for each in found if each))


def _fingerprint(bars: Iterable[BarContent]) -> str:
    notes = _melody(bars)
    if len(notes) < MIN_NOTES:
        return ""
    pitches, lengths = zip(*notes, strict=True)
    intervals = bytes([(after - before) % 12 for before, after in itertools.pairwise(pitches)])
    # In single precision, so that it does not matter in what order tied lengths were added.
    ratios = array("f", [after / before for before, after in itertools.pairwise(lengths)])
    return hashlib.sha256(intervals + ratios.tobytes()).hexdigest()[:16]


def _melody(bars: Iterable[BarContent]) -> list[tuple[int, float]]:
    """The highest pitches and how long they last; ties are merged, and a rest prolongs the note before it."""
    notes: list[tuple[int, float]] = []
    held: tuple[int, ...] = ()
    for pitches, duration, tied in itertools.chain.from_iterable(bars):
        if notes and (not pitches or pitches == held):
            notes[-1] = notes[-1][0], notes[-1][1] + duration
        elif pitches and duration:
            notes.append((pitches[-1], duration))
        held = pitches if tied else ()
    return notes
