"""When the notes of a tune begin in its score, where nothing is repeated."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import zip_longest

from tuneloom.corpus.playback.notation.measures import Measure, measures_of
from tuneloom.grammar.tune.durations import ONE, meter_fraction
from tuneloom.grammar.tune.elements import Chord, MultiRest, Note, Tune, Voice
from tuneloom.grammar.tune.note_context import NoteContext

__all__ = ["score_times"]

_NOTHING = Fraction(0)


def score_times(tune: Tune) -> list[Fraction | None]:
    """For each note and chord as written, voice by voice, its time in whole notes.

    It is None where a note is in no measure. A measure lasts as long as it does in the longest of the voices.
    """
    whole = meter_fraction(tune.meter) or ONE
    notes = [voice.notes() for voice in tune.voices]
    onsets = [
        [_onsets_in(measure, contexts, whole) for measure in measures_of(voice, contexts)]
        for voice, contexts in zip(tune.voices, notes, strict=True)
    ]
    starts = [_NOTHING]
    for lengths in zip_longest(*([length for _, length in voice] for voice in onsets)):
        starts.append(starts[-1] + max(length or _NOTHING for length in lengths))
    times: list[Fraction | None] = []
    for voice, contexts, measures in zip(tune.voices, notes, onsets, strict=True):
        placed = {
            (contexts[number].bar, contexts[number].index): start + onset
            for start, (found, _) in zip(starts, measures, strict=False)
            for number, onset in found.items()
        }
        times += (placed.get(place) for place in _sounding_places(voice))
    return times


def _onsets_in(
    measure: Measure, notes: tuple[NoteContext, ...], whole: Fraction
) -> tuple[dict[int, Fraction], Fraction]:
    """The onsets of the notes of a measure by their numbers, and its length."""
    onsets: dict[int, Fraction] = {}
    length = _NOTHING
    for layer in measure.layers.values():
        at = _NOTHING
        for number in layer:
            onsets[number] = at
            element = notes[number].element
            at += element.bars * whole if isinstance(element, MultiRest) else element.duration
        length = max(length, at)
    return onsets, length


def _sounding_places(voice: Voice) -> Iterator[tuple[int, int]]:
    for bar, each in enumerate(voice.bars):
        for index, element in enumerate(each.elements):
            if isinstance(element, Note | Chord):
                yield bar, index
