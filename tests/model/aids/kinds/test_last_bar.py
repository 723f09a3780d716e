"""The kind of time that the last bar lacked is told until the next one ends."""

import pytest

from tests.support.aids import HEADER, read_aid

NOTHING, ONE, TWO, FOUR = 0, 2, 4, 6


@pytest.mark.parametrize(
    ("music", "lacking"),
    [
        ("", NOTHING),
        ("c8|", NOTHING),
        ("c4|", NOTHING),  # a pickup
        ("G2|c8|d6", NOTHING),
        ("G2|c8|d6|", TWO),
        ("G2|c8|d6||", TWO),
        ("G2|c8|d6:|\nG2", TWO),
        ("G2|c8|d6:|\nG2|", NOTHING),
        ("c8|d7||", ONE),
        ("c8|d4|c", FOUR),
        ("c8|d9|", NOTHING),
        ("[M:none]c8|d4|", NOTHING),
    ],
)
def test_a_short_bar_lacks_a_kind_of_time(music: str, lacking: int) -> None:
    assert read_aid("last-bar", HEADER + music).features[-1].tolist() == [lacking]
