import io
import wave

import pytest

import tuneloom
from tuneloom.corpus.playback.play import play
from tuneloom.corpus.playback.wav import wav_bytes
from tuneloom.grammar import parse

AIR = "X:1\nT:Air\nM:4/4\nL:1/4\nQ:1/4=120\nK:D\nDEFG|ABcd|\n"


def test_the_sound_of_a_text_is_that_of_its_tune_and_of_the_command() -> None:
    parsed = parse(AIR)
    assert parsed.parseable
    assert tuneloom.wav(AIR) == tuneloom.wav(parsed.tune) == wav_bytes(play(parsed.tune))


def test_a_training_text_is_heard_as_well() -> None:
    assert tuneloom.wav(AIR.removeprefix("X:1\nT:Air\n")) == tuneloom.wav(AIR)


def test_seconds_and_a_low_rate_make_little_data() -> None:
    with wave.open(io.BytesIO(tuneloom.wav(AIR, seconds=2, rate=8_000))) as file:
        assert file.getframerate() == 8_000
        assert file.getnframes() == 16_001


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("X:1\nT:\nK:D\nABk|\n", "line 4, column 3: the letter `k` has no meaning in music"),
        ("X:1\nT:\nK:D\nz4|\n", "no note to play"),
        ("X:1\nT:\nL:1/1\nQ:1/4=20\nK:D\nC1000|\n", "the tune lasts longer than the limit"),
    ],
)
def test_what_cannot_be_heard_is_a_usage_error(text: str, reason: str) -> None:
    with pytest.raises(tuneloom.UsageError, match=reason):
        tuneloom.wav(text)


@pytest.mark.parametrize("settings", [{"rate": 7_999}, {"seconds": 0}, {"seconds": float("nan")}])
def test_too_low_a_rate_and_no_time_at_all_are_usage_errors(settings: dict[str, float]) -> None:
    with pytest.raises(tuneloom.UsageError, match="rate 8,000 or more"):
        tuneloom.wav(AIR, **settings)  # type: ignore[arg-type]
