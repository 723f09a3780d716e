import io
import wave

import numpy as np
import pytest

from tests.support.pitch_tracking import heard_pitch
from tests.support.tunes import parse_tune
from tuneloom.corpus.playback.play import play
from tuneloom.corpus.playback.wav import RATE, pluck, render, wav_bytes
from tuneloom.corpus.playback.written_files import UnwritableTune, bears_mark

TUNE = "X:1\nT:\nM:4/4\nL:1/4\nQ:1/4=120\nK:D\nDEFG|ABcd|efga|\n"


@pytest.mark.parametrize("pitch", [36, 43, 55, 62, 69, 76, 83, 88])
def test_a_string_has_the_pitch_of_its_note(pitch: int) -> None:
    assert heard_pitch(pluck(pitch)[RATE // 50 : RATE // 4], RATE) == pytest.approx(pitch, abs=0.05)


def test_the_pitches_of_a_tune_are_found_again() -> None:
    playback = play(parse_tune(TUNE))
    sound = render(playback)
    for note in playback.notes:
        start, end = (int(playback.seconds(at) * RATE) for at in (note.onset, note.end))
        # The first part of a note still has the one before it dying away.
        heard = heard_pitch(sound[start + (end - start) // 4 : end], RATE)
        assert heard == pytest.approx(note.pitch, abs=0.2)


def test_the_file_is_mono_16_bit_44_100_hz_and_as_long_as_the_tune() -> None:
    with wave.open(io.BytesIO(wav_bytes(play(parse_tune(TUNE))))) as file:
        assert file.getparams()[:3] == (1, 2, 44_100)
        assert file.getnframes() / RATE == pytest.approx(6.5, abs=0.01)


def test_nothing_is_clipped_and_nothing_is_silent() -> None:
    loud = render(play(parse_tune("X:1\nT:\nM:4/4\nL:1/4\nK:C\n[CEGceg]4|[CEGceg]4|\n")))
    assert 0.85 < np.max(np.abs(loud)) < 0.9
    second = loud[: RATE * 4].reshape(-1, RATE // 10)
    assert np.all(np.max(np.abs(second[:20]), axis=1) > 0.01)


def test_the_same_tune_gives_the_same_bytes() -> None:
    assert wav_bytes(play(parse_tune(TUNE))) == wav_bytes(play(parse_tune(TUNE)))


def test_the_file_bears_our_mark_and_other_programs_pass_over_it() -> None:
    data = wav_bytes(play(parse_tune(TUNE)))
    assert bears_mark(data)
    assert int.from_bytes(data[4:8], "little") == len(data) - 8


def test_what_lasts_for_hours_is_refused() -> None:
    tune = parse_tune("X:1\nT:\nM:4/4\nL:1/1\nQ:1/4=20\nK:C\nC1000|\n")
    with pytest.raises(UnwritableTune, match="limit, 20 minutes"):
        render(play(tune))


def test_at_a_low_rate_the_pitches_are_the_same_and_nothing_is_heard_above_half_of_it() -> None:
    for pitch in (60, 76, 88):
        string = pluck(pitch, 8_000)
        assert heard_pitch(string[160:2_000], 8_000) == pytest.approx(pitch, abs=0.1)


def test_the_first_seconds_are_those_of_the_whole_and_fade() -> None:
    playback = play(parse_tune(TUNE))
    whole, first = render(playback, 8_000), render(playback, 8_000, 2.0)
    assert len(first) == 16_001
    scale = first[4_000] / whole[4_000]
    assert np.allclose(first[:12_000], scale * whole[:12_000], atol=1e-3)
    assert abs(first[-1]) < 1e-3
