from collections import Counter

import pytest

from tuneloom.model.score.statistics.distribution_distance import total_variation, wasserstein


def test_total_variation_is_the_share_that_must_move() -> None:
    assert total_variation(Counter("aabb"), Counter("ab")) == 0
    assert total_variation(Counter("ab"), Counter("bc")) == 0.5
    assert total_variation(Counter("a"), Counter("b")) == 1


def test_an_empty_distribution_equals_only_an_empty_one() -> None:
    assert total_variation(Counter(), Counter()) == 0
    assert total_variation(Counter(), Counter("a")) == 1


def test_wasserstein_is_how_far_it_must_move() -> None:
    assert wasserstein([1, 3], [3, 1]) == 0
    assert wasserstein([0, 1], [5, 6]) == 5
    assert wasserstein([0], [0, 0, 0, 4]) == pytest.approx(1)
