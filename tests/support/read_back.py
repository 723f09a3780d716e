"""What other libraries read in the files that Tuneloom writes: MusicXML by music21, MIDI by symusic."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from tuneloom.corpus.playback.midi import TICKS
from tuneloom.corpus.playback.notation.measures import measures_of
from tuneloom.corpus.playback.playback import PlayedNote
from tuneloom.grammar.tune.durations import ONE, meter_fraction
from tuneloom.grammar.tune.elements import Chord, MultiRest, Note, Tune, Voice

__all__ = ["ScoreNote", "midi_notes", "music21_notes", "notes_of_midi", "written_notes"]

# The voice, the measure from 0, the onset in it and the pitch; and the time of the note in quarter notes. Of
# notes that are tied each counts for itself, but for those that one written note was divided into.
ScoreNote = tuple[int, int, Fraction, int]


def written_notes(tune: Tune) -> Counter[tuple[ScoreNote, Fraction]]:
    """The notes of a score as the tune has them, without grace notes; a rest of n bars takes n measures."""
    return Counter(
        note
        for number, voice in enumerate(tune.voices)
        for note in _voice_notes(tune, number, voice)
    )


def _voice_notes(tune: Tune, number: int, voice: Voice) -> Iterator[tuple[ScoreNote, Fraction]]:
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
                if isinstance(element, Note | Chord):
                    for note in element.notes if isinstance(element, Chord) else (element,):
                        yield (number, count, 4 * now, note.pitch), 4 * note.duration
                now += element.duration
        count += bars


def music21_notes(xml: bytes) -> Counter[tuple[ScoreNote, Fraction]]:
    """The notes that music21 reads, without chord symbols and grace notes."""
    from music21 import converter, note, stream

    score: Any = converter.parse(xml.decode(), format="musicxml", forceSource=True)
    found: Counter[tuple[ScoreNote, Fraction]] = Counter()
    for part, each in enumerate(score.parts):
        for measure, bar in enumerate(each.getElementsByClass(stream.Measure)):
            for element in bar.recurse().notes:
                if "ChordSymbol" in element.classes or element.duration.isGrace:
                    continue
                onset = Fraction(element.getOffsetInHierarchy(bar))
                length = Fraction(element.duration.quarterLength)
                notes = [element] if isinstance(element, note.Note) else element.notes
                for one in notes:
                    found[(part, measure, onset, one.pitch.midi), length] += 1
    return found


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
