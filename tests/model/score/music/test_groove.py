import pytest

from tests.support.tunes import parse_tune
from tuneloom.model.score.music.bar_contents import bar_contents
from tuneloom.model.score.music.groove import groove_consistency


def groove(body: str) -> float | None:
    return groove_consistency(bar_contents(parse_tune(f"X:1\nT:\nM:4/4\nL:1/4\nK:D\n{body}\n")))


def test_the_same_rhythm_in_each_bar_is_consistent() -> None:
    assert groove("A|ABcd|AAAA|zABc|") == pytest.approx(1 - 1 / 2 / 96)
    assert groove("ABcd|dcBA|") == 1


def test_the_onsets_that_only_one_of_two_neighbours_has_count() -> None:
    assert groove("ABcd|A2c2|") == 1 - 2 / 96


def test_one_bar_has_no_neighbour() -> None:
    assert groove("ABcd|") is None
    assert groove("A|ABcd|") is None
