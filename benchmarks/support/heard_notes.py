"""Whether two programs play the same notes: onsets, pitches and durations, or the order of pitches alone."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from fractions import Fraction

from tuneloom.grammar.tune.performance import Performance

__all__ = ["HeardNote", "HeardNotes", "first_difference", "notes_of", "same_notes", "same_order"]

# The onset in quarter notes, the pitch, and the duration in quarter notes.
HeardNote = tuple[Fraction, int, Fraction]
HeardNotes = list[HeardNote]

_TOLERANCE = Fraction(1, 14)  # of a quarter note: other programs count in ticks or decimals


def notes_of(performance: Performance) -> HeardNotes:
    """The notes that we play, in order."""
    return sorted((4 * e.onset, e.pitch, 4 * e.duration) for e in performance.events)


def same_order(ours: HeardNotes, theirs: HeardNotes) -> bool:
    """Whether the pitches are the same in the order of their onsets."""
    return [note[1] for note in ours] == [note[1] for note in _snapped(theirs, ours)]


def same_notes(ours: HeardNotes, theirs: HeardNotes) -> bool:
    """Whether all onsets, pitches and durations are the same, up to rounding."""
    return len(ours) == len(theirs) and all(
        _is_close(our, their) for our, their in zip(ours, _snapped(theirs, ours), strict=True)
    )


def _is_close(ours: HeardNote, theirs: HeardNote) -> bool:
    (onset, pitch, duration), (at, other, length) = ours, theirs
    is_near = abs(onset - at) < _TOLERANCE and abs(duration - length) < _TOLERANCE
    return pitch == other and is_near


def _snapped(theirs: Iterable[HeardNote], ours: HeardNotes) -> HeardNotes:
    """Their notes, with the onsets that are a little off set right, in order."""
    known = [onset for onset, _, _ in ours]
    result: HeardNotes = []
    for onset, pitch, duration in theirs:
        index = bisect_left(known, onset)
        near = [at for at in known[max(0, index - 1) : index + 1] if abs(at - onset) < _TOLERANCE]
        at = min(near, key=lambda at: abs(at - onset)) if near else onset
        result.append((at, pitch, duration))
    return sorted(result)


def first_difference(ours: HeardNotes, theirs: HeardNotes) -> str:
    """The first notes that differ, as onset, pitch and duration."""
    theirs = _snapped(theirs, ours)
    pairs = enumerate(zip(ours, theirs, strict=False))
    index = next((i for i, (a, b) in pairs if not _is_close(a, b)), min(len(ours), len(theirs)))
    shown = [
        " ".join(f"{float(at):g}:{pitch}:{float(for_):g}" for at, pitch, for_ in notes[index:][:4])
        for notes in (ours, theirs)
    ]
    return f"note {index} of {len(ours)}: {shown[0]} | {len(theirs)}: {shown[1]}"
