"""Pitch and key: entropy, scale consistency, and how a tune closes."""

from __future__ import annotations

from collections.abc import Sequence
from math import log2

__all__ = ["closes_by_step", "pitch_class_counts", "pitch_class_entropy", "scale_consistency"]

_MAJOR = frozenset((0, 2, 4, 5, 7, 9, 11))
_SCALES = tuple(frozenset((root + degree) % 12 for degree in _MAJOR) for root in range(12))
_STEP = 2  # semitones


def pitch_class_counts(pitches: Sequence[int]) -> tuple[int, ...]:
    """How many notes have each of the twelve pitch classes, from C up."""
    counts = [0] * 12
    for pitch in pitches:
        counts[pitch % 12] += 1
    return tuple(counts)


def pitch_class_entropy(counts: Sequence[int]) -> float:
    """The entropy of the pitch classes of the notes, in bits.

    As in MusPy (Dong et al.: MusPy, ISMIR 2020) and, for windows of bars, in Wu and Yang: The Jazz
    Transformer on the Front Line, ISMIR 2020.
    """
    total = sum(counts)
    return -sum(count / total * log2(count / total) for count in counts if count)


def scale_consistency(counts: Sequence[int]) -> float:
    """The largest share of notes in one scale, of all major and natural minor ones, as in MusPy.

    These have the same notes as the twelve major scales (Mogren: C-RNN-GAN, 2016).
    """
    return max(sum(counts[each] for each in scale) for scale in _SCALES) / sum(counts)


def closes_by_step(pitches: Sequence[int]) -> bool:
    """Whether the final, repeated or not, is approached by a second.

    On the tonic these are the clausulas: the tenor's from above, 2-1, and the treble's from below, 7-1.
    """
    final = pitches[-1]
    before = next((pitch for pitch in reversed(pitches) if pitch != final), None)
    return before is not None and abs(final - before) <= _STEP
