"""Plays a tune as it is heard, on top of its performance: grace notes, tempo, stresses, chord symbols."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from tuneloom.corpus.playback.accompaniment import accompaniment
from tuneloom.corpus.playback.beats import PlacedBar, place_bars, velocity_at
from tuneloom.corpus.playback.playback import Playback, PlayedNote, TempoMap
from tuneloom.corpus.playback.tempos import quarters_per_minute
from tuneloom.grammar.source.resolver import Resolved, resolve_tune
from tuneloom.grammar.tune.elements import Chord, Note, Tune
from tuneloom.grammar.tune.performance import Performance, SoundingEvent

__all__ = ["GRACE", "MAX_NOTES", "note_offsets", "play"]

GRACE = Fraction(1, 32)
"""How long a grace note lasts; all of a note together take at most half of its time."""

MAX_NOTES = 100_000
"""How many notes a tune has at most when it is played several times over."""

_GRACE_VELOCITY = 76
_UNKNOWN = -1
_PITCHES = range(128)  # of MIDI; no ear needs others
_NOTE_BEGINS = frozenset("ABCDEFGabcdefg^_=[")


def play(tune: Tune, times: int = 1, resolved: Resolved | None = None) -> Playback:
    """What is heard of a tune that is played `times` times over.

    Repeats, ties, broken rhythm and tuplets are those of `Tune.performance()`; notes are as long as written,
    but for those with grace notes, which begin so much later. `resolved`, that of the parsed tune, is needed
    for the offsets of notes in a tune that was read with a file header.
    """
    performance = tune.performance()
    offsets = note_offsets(tune, resolved)
    placed = [list(place_bars(bars)) for bars in performance.bars]
    notes = [note for event in performance.events for note in _event_notes(event, placed, offsets)]
    if performance.chords:
        longest = max(placed, key=lambda bars: sum(bar.played.duration for bar in bars))
        notes += accompaniment(performance.chords, longest, len(notes))
    notes.sort(key=lambda note: (note.onset, note.is_accompaniment, note.voice, note.pitch))
    tempos = _tempo_changes(tune, performance)
    length = performance.duration
    rounds = min(times, max(1, MAX_NOTES // max(1, len(notes))))
    starts = [number * length for number in range(rounds)]
    return Playback(
        tuple(_later(note, start) for start in starts for note in notes),
        TempoMap.of((start + at, tempo) for start in starts for at, tempo in tempos),
        rounds * length,
        performance.complete and rounds == times,
    )


def _later(note: PlayedNote, by: Fraction) -> PlayedNote:
    return replace(note, onset=note.onset + by) if by else note


def _event_notes(
    event: SoundingEvent, placed: Sequence[Sequence[PlacedBar]], offsets: Sequence[int]
) -> Iterator[PlayedNote]:
    """The grace notes of an event one after the other, then its note; no pitches beyond those of MIDI."""
    bars = placed[event.voice]
    bar = bars[bisect_right(bars, event.onset, key=lambda bar: bar.played.onset) - 1]
    offset = offsets[event.note]
    grace = min(GRACE, event.duration / 2 / len(event.graces)) if event.graces else Fraction(0)
    onset = event.onset
    for pitch in event.graces:
        if pitch in _PITCHES:
            yield PlayedNote(pitch, onset, grace, _GRACE_VELOCITY, offset, voice=event.voice)
        onset += grace
    if event.pitch in _PITCHES:
        velocity = velocity_at(bar.position_of(event.onset), bar.played.meter)
        yield PlayedNote(event.pitch, onset, event.end - onset, velocity, offset, voice=event.voice)


def _tempo_changes(tune: Tune, performance: Performance) -> list[tuple[Fraction, float]]:
    """The tempo at the beginning, and each that follows; a Q: that says nothing goes on with the first."""
    header = quarters_per_minute(tune.tempo, tune)
    found = {Fraction(0): header}
    for change in performance.tempos:
        says = change.tempo.per_minute is not None
        found[change.onset] = quarters_per_minute(change.tempo, tune) if says else header
    return sorted(found.items())


def note_offsets(tune: Tune, resolved: Resolved | None = None) -> list[int]:
    """The offset in the tune's text of each note and chord as written, voice by voice; -1 where unknown."""
    starts = [
        start
        for voice in tune.voices
        for bar in voice.bars
        for element, start in zip(bar.elements, bar.starts, strict=False)
        if isinstance(element, Note | Chord)
    ]
    count = sum(
        isinstance(e, Note | Chord) for v in tune.voices for b in v.bars for e in b.elements
    )
    if not tune.text or len(starts) != count:
        return [_UNKNOWN] * count
    again = resolve_tune(tune.text)
    known = resolved or again
    if resolved is None and not all(known.text[at : at + 1] in _NOTE_BEGINS for at in starts):
        return [_UNKNOWN] * count  # there was a file header
    first_line = known.place(0)[0] - again.place(0)[0]
    lines = [0]
    for line in tune.text.split("\n"):
        lines.append(lines[-1] + len(line) + 1)
    places = (known.place(start) for start in starts)
    return [lines[line - first_line - 1] + column - 1 for line, column in places]
