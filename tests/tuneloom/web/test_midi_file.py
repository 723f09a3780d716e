"""MIDI files that the page writes, read by symusic: the notes, times, names and tempo of those of Python."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pytest

from tests.support.node import run_page_scripts
from tests.support.read_back import midi_notes
from tuneloom.corpus.playback.midi import midi_bytes
from tuneloom.corpus.playback.play import play
from tuneloom.grammar import parse
from tuneloom.web.sound import pack_notes

TITLE = "Égalité"
TUNE = (
    f"X:1\nT:{TITLE}\nR:jig\nM:6/8\nL:1/8\nQ:3/8=100\nK:Edor\n"
    '|:"Em"E2B BAB|"D"d2A {g}AFA|1 (3EFG (3ABc d2:|2 B>A [GB]<F E2|]\n'
)
WRITE = """
const {notes, tempo, voices} = await unpackSound(input.sound);
const settings = {title: input.title, tempo: tempo * input.speed, transpose: input.transpose, voices};
return [...midiOf(notes, settings)];
"""


def page_midi(sound: object, speed: float = 1, transpose: int = 0) -> bytes:
    given = {"sound": sound, "title": TITLE, "speed": speed, "transpose": transpose}
    return bytes(run_page_scripts(["page-data.js", "midi-file.js"], WRITE, given))


def read_score(data: bytes) -> Any:
    from symusic import Score

    return Score.from_midi(data)


def velocities(track: Any) -> list[tuple[int, int, int]]:
    return sorted((note.time, note.pitch, note.velocity) for note in track.notes)


def test_the_page_writes_the_notes_that_python_writes() -> None:
    result = parse(TUNE)
    assert result.parseable
    playback = play(result.tune)
    ours = midi_bytes(result.tune, playback, TITLE)
    of_page = page_midi(asdict(pack_notes(playback, lambda offset: offset)))
    assert midi_notes(of_page) == midi_notes(ours)
    score, expected = read_score(of_page), read_score(ours)
    assert [track.name for track in score.tracks] == [TITLE, f"{TITLE} (chords)"]
    for track, other in zip(score.tracks, expected.tracks, strict=True):
        assert track.program == other.program
        assert velocities(track) == velocities(other)
    assert [tempo.qpm for tempo in score.tempos] == pytest.approx([150])


def test_tempo_and_transposition_are_those_chosen() -> None:
    result = parse(TUNE)
    assert result.parseable
    sound = asdict(pack_notes(play(result.tune), lambda offset: offset))
    usual, changed = midi_notes(page_midi(sound)), midi_notes(page_midi(sound, 0.5, -2))
    assert changed == {
        (pitch - 2, onset, duration): count for (pitch, onset, duration), count in usual.items()
    }
    [tempo] = read_score(page_midi(sound, 0.5)).tempos
    assert tempo.qpm == pytest.approx(75)


def test_a_pitch_that_sounds_twice_at_once_ends_where_it_begins_again() -> None:
    result = parse("X:1\nT:\nM:4/4\nL:1/4\nK:C\n[CC2] C C & C3 C|\n")
    assert result.parseable
    playback = play(result.tune)
    of_page = page_midi(asdict(pack_notes(playback, lambda offset: offset)))
    assert midi_notes(of_page) == midi_notes(midi_bytes(result.tune, playback, TITLE))


def test_each_voice_has_a_track_and_a_channel_of_its_own() -> None:
    result = parse(f'X:1\nT:{TITLE}\nM:4/4\nL:1/4\nK:C\nV:T\nV:B\n[V:T] |CCEG|\n[V:B] |"C"C4|\n')
    assert result.parseable
    playback = play(result.tune)
    ours = midi_bytes(result.tune, playback, TITLE)
    of_page = page_midi(asdict(pack_notes(playback, lambda offset: offset, ["T", "B"])))
    names = [f"{TITLE} (T)", f"{TITLE} (B)", f"{TITLE} (chords)"]
    score, expected = read_score(of_page), read_score(ours)
    assert [track.name for track in score.tracks] == names
    assert [velocities(track) for track in score.tracks] == [
        velocities(track) for track in expected.tracks
    ]
    assert [of_page.count(bytes([0xC0 | channel])) for channel in (0, 2, 1)] == [1, 1, 1]
