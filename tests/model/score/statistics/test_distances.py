from collections import Counter

import pytest

from tuneloom.model.score.statistics.distances import (
    distribution_distances,
    fixed_sample,
    total_variation,
    wasserstein,
)
from tuneloom.model.score.tunes.analysis import features_of_texts
from tuneloom.model.score.tunes.features import TuneFeatures

JIG = "M:6/8\nL:1/8\nK:D\nA|dff cee|def gfe|dff cee|dfe d3:|\n"
PLAIN = "M:4/4\nL:1/4\nK:D\nDDDD|DDDD|\n"


def musics(*texts: str) -> list[TuneFeatures]:
    return [music for music in features_of_texts(texts, "melody") if music]


def test_tunes_are_like_themselves() -> None:
    found = distribution_distances(musics(JIG, PLAIN), musics(PLAIN, JIG))
    assert found is not None
    assert set(found.to_json().values()) == {2, 0.0}


def test_each_figure_is_told_in_its_own_unit() -> None:
    found = distribution_distances(musics(PLAIN), musics(JIG))
    assert found is not None
    assert found.to_json() == {
        "tunes": 1,
        "real": 1,
        "pitch_range": 10.0,
        "intervals": 0.8182,
        "durations": 1.0,
        "bars": 3.0,
        "final_on_tonic": 0.0,
        "repeats": 1.0,
    }


def test_without_tunes_there_is_no_likeness() -> None:
    assert distribution_distances([], musics(JIG)) is None
    assert distribution_distances(musics(JIG), []) is None


def test_total_variation_is_the_share_that_must_move() -> None:
    assert total_variation(Counter("aabb"), Counter("ab")) == 0
    assert total_variation(Counter("ab"), Counter("bc")) == 0.5
    assert total_variation(Counter("a"), Counter("b")) == 1
    assert total_variation(Counter(), Counter()) == 0
    assert total_variation(Counter(), Counter("a")) == 1


def test_wasserstein_is_how_far_it_must_move() -> None:
    assert wasserstein([1, 3], [3, 1]) == 0
    assert wasserstein([0, 1], [5, 6]) == 5
    assert wasserstein([0], [0, 0, 0, 4]) == pytest.approx(1)


def test_a_sample_is_the_same_at_each_call_and_keeps_the_order() -> None:
    assert fixed_sample(range(100), 5) == sorted(fixed_sample(range(100), 5))
    assert fixed_sample("abc", 10) == ["a", "b", "c"]
