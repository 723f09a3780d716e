from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from symusic import Score

from tests.support.read_back import midi_notes, notes_of_midi
from tests.support.tunes import parse_tune
from tuneloom.corpus.playback.midi import INSTRUMENTS, TICKS, midi_bytes
from tuneloom.corpus.playback.play import play
from tuneloom.corpus.playback.written_files import UnwritableTune, bears_mark

KESH = """\
X:1
T:The Kesh
M:6/8
L:1/8
R:jig
K:G
|:"G"G3 {A}GAB|"D7"A3 (3ABd|edd g>dd|(9efgabagfe d-|d6:|
"""


def written(text: str, instrument: str = "fiddle") -> Any:
    tune = parse_tune(text)
    return Score.from_midi(midi_bytes(tune, play(tune), tune.field("T"), instrument))


def test_what_is_read_back_is_what_is_played() -> None:
    tune = parse_tune(KESH)
    playback = play(tune, times=2)
    assert midi_notes(midi_bytes(tune, playback, "")) == notes_of_midi(playback.notes)


def test_the_file_has_title_instrument_tempo_and_metre() -> None:
    score = written(KESH, "flute")
    assert [(t.name, t.program) for t in score.tracks] == [
        ("The Kesh", INSTRUMENTS["flute"]),
        ("The Kesh (chords)", INSTRUMENTS["guitar"]),
    ]
    assert score.tempos[0].qpm == pytest.approx(168, abs=0.01)
    assert (score.time_signatures[0].numerator, score.time_signatures[0].denominator) == (6, 8)


def test_each_voice_has_a_track() -> None:
    score = written("X:1\nT:Two\nM:2/4\nL:1/4\nK:C\nV:1\nCD|\nV:bass\nE,2|\n")
    assert [(t.name, len(t.notes)) for t in score.tracks] == [("Two (1)", 2), ("Two (bass)", 1)]


@pytest.mark.parametrize("music", ["C4 & C2 D2|", "C4 & z2 C2|", "[CC]4|"])
def test_a_pitch_does_not_sound_twice_at_once_in_a_track(music: str) -> None:
    track = written(f"X:1\nT:\nM:4/4\nL:1/4\nK:C\n{music}\n").tracks[0]
    notes = sorted((n.pitch, n.time, n.end) for n in track.notes)
    for (pitch, _, end), (following, start, _) in pairwise(notes):
        assert pitch != following or end <= start


@pytest.mark.parametrize("p", [3, 5, 7, 9])
def test_tuplets_are_exact(p: int) -> None:
    assert (Fraction(1, 8) * 2 / p * 4 * TICKS).denominator == 1


@pytest.mark.parametrize("meter", ["none", "C", "C|", "3/7", "(2+3)/8", "300/4", ""])
def test_any_metre_can_be_written(meter: str) -> None:
    assert written(f"X:1\nT:\nM:{meter}\nL:1/4\nK:C\nC|\n").note_num() == 1


def test_pitches_beyond_those_of_midi_are_left_out() -> None:
    assert written("X:1\nT:\nM:2/4\nL:1/4\nK:C\nC c'''''''|\n").note_num() == 1


@pytest.mark.parametrize("music", ["C9999|", "[C2E9999]|"])
def test_what_lasts_for_days_is_refused(music: str) -> None:
    tune = parse_tune(f"X:1\nT:\nM:4/4\nL:1/1\nK:C\n{music}\n")
    with pytest.raises(UnwritableTune, match="longer than MIDI can count"):
        midi_bytes(tune, play(tune), "")


def test_the_file_bears_our_mark() -> None:
    tune = parse_tune(KESH)
    assert bears_mark(midi_bytes(tune, play(tune), "The Kesh"))
