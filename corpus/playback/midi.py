"""A tune as a MIDI file, written by symusic."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any

from tuneloom.corpus.playback.playback import Playback, PlayedNote
from tuneloom.corpus.playback.written_files import MARK, UnwritableTune
from tuneloom.grammar.tune.durations import meter_fraction
from tuneloom.grammar.tune.elements import Tune

__all__ = ["INSTRUMENTS", "TICKS", "midi_bytes"]

TICKS = 10_080
"""Ticks of a quarter note: tuplets of 3, 5, 7 and 9 come out exact, down to 128th notes."""

INSTRUMENTS = {
    "accordion": 21, "bagpipe": 109, "banjo": 105, "clarinet": 71, "concertina": 23, "dulcimer": 15,
    "fiddle": 40, "flute": 73, "guitar": 24, "harp": 46, "harpsichord": 6, "oboe": 68, "piano": 0,
    "recorder": 74,
}  # fmt: skip
"""The programs of General MIDI, from 0, that suit folk tunes."""

_ACCOMPANIMENT = INSTRUMENTS["guitar"]
_MAX_TICKS = 2**28
_MAX_NUMERATOR = 255  # of a time signature


def midi_bytes(tune: Tune, playback: Playback, title: str, instrument: str = "fiddle") -> bytes:
    """A MIDI file with a track for each voice, and one for the accompaniment, named for the title.

    `instrument`, one of `INSTRUMENTS`, plays the voices. Of a pitch that sounds twice at once in a track,
    the earlier note ends where the later one begins, since MIDI cannot tell them apart.

    Raises:
        UnwritableTune: the tune lasts longer than MIDI can count, some 26,000 quarter notes.
    """
    from symusic import Score, Tempo, TextMeta, TimeSignature

    # The notes of a chord may last longer than the chord.
    end = max((note.end for note in playback.notes), default=playback.duration)
    if _ticks(max(end, playback.duration)) >= _MAX_TICKS:
        raise UnwritableTune("lasts longer than MIDI can count")
    score: Any = Score(TICKS)
    score.markers.append(TextMeta(0, MARK))
    for onset, tempo in zip(playback.tempos.onsets, playback.tempos.tempos, strict=True):
        score.tempos.append(Tempo(_ticks(onset), qpm=tempo))
    if signature := _midi_meter(tune.meter):
        score.time_signatures.append(TimeSignature(0, *signature))
    melody = [note for note in playback.notes if not note.is_accompaniment]
    for voice in sorted({note.voice for note in melody}):
        name = title if len(tune.voices) == 1 else f"{title} ({tune.voices[voice].id or voice + 1})"
        notes = (note for note in melody if note.voice == voice)
        score.tracks.append(_track(name, INSTRUMENTS[instrument], notes))
    if chords := [note for note in playback.notes if note.is_accompaniment]:
        score.tracks.append(_track(f"{title} (chords)", _ACCOMPANIMENT, chords))
    data: bytes = score.dumps_midi()
    return data


def _track(name: str, program: int, notes: Iterable[PlayedNote]) -> Any:
    from symusic import Note, Track

    track: Any = Track(name, program, False)
    for start, end, note in _distinct(notes):
        track.notes.append(Note(start, end - start, note.pitch, note.velocity))
    return track


def _distinct(notes: Iterable[PlayedNote]) -> Iterator[tuple[int, int, PlayedNote]]:
    """The start and end of each note in ticks, no two of one pitch at once; the longer of two at once."""
    last: dict[int, tuple[int, int, PlayedNote]] = {}
    for note in notes:
        start = _ticks(note.onset)
        end = max(start + 1, _ticks(note.end))
        before = last.get(note.pitch)
        if before and before[0] == start:
            end = max(end, before[1])
        elif before:
            yield before[0], min(before[1], start), before[2]
        last[note.pitch] = start, end, note
    yield from last.values()


def _ticks(at: Fraction) -> int:
    return round(at * 4 * TICKS)


def _midi_meter(meter: str) -> tuple[int, int] | None:
    """The metre as MIDI can say it, over a power of two; none for a free one."""
    whole = meter_fraction(meter)
    beats, slash, unit = "".join(meter.split()).partition("/")
    if whole is None:
        return None
    denominator = int(unit) if slash else 2 if "|" in beats else 4
    numerator = int(whole * denominator)
    fits = 0 < numerator <= _MAX_NUMERATOR and denominator.bit_count() == 1
    return (numerator, denominator) if fits and denominator <= 64 else None
