import pytest

from tests.support.tunes import parse_tune
from tuneloom.corpus.playback.tempos import quarters_per_minute


def tempo(fields: str) -> float:
    tune = parse_tune(f"X:1\nT:\n{fields}\nK:C\nC|\n")
    return quarters_per_minute(tune.tempo, tune)


@pytest.mark.parametrize(
    ("fields", "quarters"),
    [
        ("Q:1/4=96", 96),
        ("Q:3/8=100", 150),
        ("Q:1/4 1/8=50", 75),
        ('Q:"Slow" 1/2=40', 80),
        ("L:1/8\nQ:C3=40", 60),
    ],
)
def test_q_says_the_tempo(fields: str, quarters: float) -> None:
    assert tempo(fields) == quarters


@pytest.mark.parametrize(
    ("fields", "quarters"),
    [
        ("M:4/4\nR:reel", 200),
        ("M:C|\nR:Reels", 200),
        ("M:2/4\nR:reel", 100),
        ("M:6/8\nR:double jig", 168),
        ("M:3/4\nR:Waltz", 138),
        ("M:2/4\nR:polka", 120),
        ("M:3/4", 120),
        ("M:6/8\nR:Odds and ends", 162),
        ("M:none", 112),
    ],
)
def test_without_q_rhythm_and_metre_say_it(fields: str, quarters: float) -> None:
    assert tempo(fields) == quarters


@pytest.mark.parametrize(
    ("fields", "quarters"),
    [
        ("M:C|\nL:1/8\nR:reel\nQ:333", 166.5),  # unit note lengths
        ("M:4/4\nL:1/8\nR:reel\nQ:200", 200),  # quarter notes
        ("M:6/8\nL:1/8\nR:jig\nQ:120", 180),  # beats
        ("M:3/8\nL:1/16\nR:waltz\nQ:50", 75),  # bars
    ],
)
def test_a_bare_number_counts_what_comes_nearest_to_the_usual_tempo(
    fields: str, quarters: float
) -> None:
    assert tempo(fields) == quarters


@pytest.mark.parametrize("value", ["1/4=0", "1/4=9999", '"Fast"', "1/512=1"])
def test_what_cannot_be_played_gives_the_usual_tempo(value: str) -> None:
    assert tempo(f"M:4/4\nR:reel\nQ:{value}") == 200
