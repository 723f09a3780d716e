import pytest

from tests.support.tunes import parse_tune
from tuneloom.model.score.tunes.features import TuneFeatures, text_after_key, tune_features


def music(body: str, key: str = "G") -> TuneFeatures:
    found = tune_features(parse_tune(f"X:1\nT:\nM:4/4\nL:1/8\nK:{key}\n{body}\n"))
    assert found is not None
    return found


def test_the_figures_of_a_tune() -> None:
    found = music("|:GABc d2z2|[Gd]4- [Gd]2 G2:|")
    assert found.pitch_range == 7
    assert found.intervals == (2, 2, 1, 2, 0, -7)
    assert found.durations == (0.125, 0.125, 0.125, 0.125, 0.5, 0.75, 0.25)
    assert (found.bars, found.repeats, found.on_tonic) == (2, 1, True)


@pytest.mark.parametrize(
    ("body", "key", "on_tonic"),
    [
        ("GABA|", "G", False),
        ("GAB^c|", "C#", True),
        ("G4|\nK:D\nd4|", "G", True),
        ("G4|", "none", None),
    ],
)
def test_the_last_note_is_held_against_the_key_in_force(
    body: str, key: str, on_tonic: bool | None
) -> None:
    assert music(body, key).on_tonic is on_tonic


def test_a_double_repeat_ends_a_section_and_a_start_does_not() -> None:
    assert music("|:GABc::GABc:|GABc|]").repeats == 2


def test_silence_has_no_music() -> None:
    assert tune_features(parse_tune("X:1\nT:\nK:G\nz4|\n")) is None


def test_a_header_is_no_music() -> None:
    assert text_after_key("R:reel\nM:4/4\nK:D\nA|\n") == "A|\n"
