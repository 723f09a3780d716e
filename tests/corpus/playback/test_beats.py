from fractions import Fraction

import pytest

from tests.support.tunes import parse_tune
from tuneloom.corpus.playback.beats import beat_of, place_bars, velocity_at


@pytest.mark.parametrize(
    ("meter", "beat"),
    [
        ("4/4", "1/4"), ("C", "1/4"), ("C|", "1/2"), ("2/2", "1/2"), ("3/4", "1/4"), ("6/8", "3/8"),
        ("12/8", "3/8"), ("3/8", "1/8"), ("5/8", "1/8"), ("none", "1/4"), ("", "1/4"), ("2+3/8", "1/8"),
    ],
)  # fmt: skip
def test_the_beat_of_a_metre(meter: str, beat: str) -> None:
    assert beat_of(meter) == Fraction(beat)


def positions(music: str, meter: str = "3/4") -> list[str]:
    tune = parse_tune(f"X:1\nT:\nM:{meter}\nL:1/4\nK:C\n{music}\n")
    return [str(bar.position) for bar in place_bars(tune.performance().bars[0])]


@pytest.mark.parametrize(
    ("music", "expected"),
    [
        ("C|DEF|G2|", ["1/2", "0", "0"]),
        ("C|DEF|G2:|C|D3|", ["1/2", "0", "0", "1/2", "0", "0", "1/2", "0"]),
        ("CDE|F2||G|A3|", ["0", "0", "1/2", "0"]),
        ("CDEF|G3|", ["0", "0"]),
        ("C2|D2|E2|", ["1/4", "0", "0"]),
    ],
)
def test_a_short_bar_goes_on_with_the_one_before(music: str, expected: list[str]) -> None:
    assert positions(music) == expected


def test_the_first_beat_is_the_strongest_and_the_half_bar_comes_next() -> None:
    eighths = [velocity_at(Fraction(n, 8), "4/4") for n in range(8)]
    assert eighths == [104, 80, 90, 80, 96, 80, 90, 80]
    assert [velocity_at(Fraction(n, 8), "6/8") for n in range(6)] == [104, 80, 80, 96, 80, 80]
    assert [velocity_at(Fraction(n, 4), "3/4") for n in range(3)] == [104, 90, 90]
