"""What other libraries read in the files that Tuneloom writes: MusicXML by music21, MIDI by symusic."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Any

from tuneloom.corpus.playback.midi import TICKS
from tuneloom.corpus.playback.notation.measures import measures_of
from tuneloom.corpus.playback.playback import PlayedNote
from tuneloom.grammar.tune.durations import ONE, meter_fraction
from tuneloom.grammar.tune.elements import Chord, MultiRest, Note, Tune, Voice
from tuneloom.grammar.tune.note_context import NoteContext, TimedElement

__all__ = ["ScoreNote", "midi_notes", "music21_notes", "notes_of_midi", "written_notes"]

# The voice, the measure from 0, the onset in it and the pitch; tied notes are one.
ScoreNote = tuple[int, int, Fraction, int]
# The same, how long the note lasts in quarter notes, and whether it is held from one before and into another.
_WrittenNote = tuple[ScoreNote, Fraction, bool, bool]


def written_notes(tune: Tune) -> Counter[tuple[ScoreNote, Fraction]]:
    """The notes of a score as the tune has them, and how long they last, without grace notes."""
    return _joined(
        note
        for number, voice in enumerate(tune.voices)
        for note in _voice_notes(tune, number, voice)
    )


def _joined(notes: Iterable[_WrittenNote]) -> Counter[tuple[ScoreNote, Fraction]]:
    found: Counter[tuple[ScoreNote, Fraction]] = Counter()
    held: dict[tuple[int, int], tuple[ScoreNote, Fraction]] = {}
    for place, length, is_held, holds in sorted(notes):
        string = place[0], place[3]
        begun = held.pop(string, None) if is_held else None
        whole = (begun[0], begun[1] + length) if begun else (place, length)
        if holds:
            held[string] = whole
        else:
            found[whole] += 1
    found.update(held.values())
    return found


def _voice_notes(tune: Tune, number: int, voice: Voice) -> Iterator[_WrittenNote]:
    notes = voice.notes()
    count, meter = 0, tune.meter
    for measure in measures_of(voice, notes):
        for _, field in measure.fields:
            meter = field.value if field.letter == "M" else meter
        bars = 1
        for layer in measure.layers.values():
            now = Fraction(0)
            for index in layer:
                element = notes[index].element
                if isinstance(element, MultiRest):
                    bars = element.bars if len(layer) == len(measure.layers) == 1 else 1
                    now += element.bars * (meter_fraction(meter) or ONE)
                    continue
                for pitch, length in _pitches(element):
                    ties = (
                        _is_tied(notes, notes[index].tied_from, index, pitch),
                        _is_tied(notes, index, notes[index].tied_to, pitch),
                    )
                    yield (number, count, 4 * now, pitch), 4 * length, *ties
                now += element.duration
        count += bars


def _is_tied(
    notes: Sequence[NoteContext], first: int | None, second: int | None, pitch: int
) -> bool:
    """Whether a pitch of a note is tied to the same one of another."""
    if first is None or second is None:
        return False
    element = notes[first].element
    chord = element.notes if isinstance(element, Chord) else (element,)
    all_tied = isinstance(element, Chord) and element.tied
    tied = any(isinstance(n, Note) and n.pitch == pitch and (n.tied or all_tied) for n in chord)
    return tied and any(pitch == other for other, _ in _pitches(notes[second].element))


def _pitches(element: TimedElement) -> list[tuple[int, Fraction]]:
    notes = element.notes if isinstance(element, Chord) else (element,)
    length = Fraction(0) if isinstance(element, MultiRest) else element.duration
    return [(note.pitch, length) for note in notes if isinstance(note, Note)]


def music21_notes(xml: bytes) -> Counter[tuple[ScoreNote, Fraction]]:
    """The notes that music21 reads, without chord symbols and grace notes."""
    return _joined(_music21_notes(xml))


def _music21_notes(xml: bytes) -> Iterator[_WrittenNote]:
    from music21 import converter, note, stream

    score: Any = converter.parse(xml.decode(), format="musicxml", forceSource=True)
    for part, each in enumerate(score.parts):
        for measure, bar in enumerate(each.getElementsByClass(stream.Measure)):
            for element in bar.recurse().notes:
                if "ChordSymbol" in element.classes or element.duration.isGrace:
                    continue
                onset = Fraction(element.getOffsetInHierarchy(bar))
                length = Fraction(element.duration.quarterLength)
                for one in [element] if isinstance(element, note.Note) else element.notes:
                    tie = one.tie.type if one.tie else ""
                    place = (part, measure, onset, one.pitch.midi)
                    yield place, length, tie in ("stop", "continue"), tie in ("start", "continue")


def midi_notes(data: bytes) -> Counter[tuple[int, Fraction, Fraction]]:
    """The pitch, onset and duration, in quarter notes, of each note that symusic reads."""
    from symusic import Score

    score: Any = Score.from_midi(data)
    unit = score.ticks_per_quarter
    return Counter(
        (note.pitch, Fraction(note.time, unit), Fraction(note.duration, unit))
        for track in score.tracks
        for note in track.notes
    )


def notes_of_midi(notes: tuple[PlayedNote, ...]) -> Counter[tuple[int, Fraction, Fraction]]:
    """The same of what is played, to the nearest tick."""
    return Counter(
        (note.pitch, _tick(note.onset), _tick(note.end) - _tick(note.onset)) for note in notes
    )


def _tick(at: Fraction) -> Fraction:
    return Fraction(round(at * 4 * TICKS), TICKS)
