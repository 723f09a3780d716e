from collections import Counter
from collections.abc import Hashable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import wasserstein_distance

from tuneloom.model.score.statistics.distribution_distance import (
    amounts_distance,
    categories_distance,
    total_variation,
    wasserstein,
)


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


AMOUNTS = st.lists(st.integers(0, 40), min_size=1, max_size=30)


@given(AMOUNTS, AMOUNTS)
def test_wasserstein_is_that_of_scipy(first: list[int], second: list[int]) -> None:
    assert wasserstein(first, second) == pytest.approx(wasserstein_distance(first, second))


@given(AMOUNTS, AMOUNTS)
def test_an_interval_holds_its_distance_and_is_the_same_at_each_call(
    first: list[int], second: list[int]
) -> None:
    distance = amounts_distance(first, second)
    assert 0 <= distance.estimate.low <= distance.estimate.value <= distance.estimate.high
    assert distance.estimate == distance.estimate
    assert distance.value == wasserstein(first, second)


def test_the_interval_of_a_mean_shift_is_that_of_the_difference_of_two_means() -> None:
    rng = np.random.default_rng(0)
    far, near = rng.normal(50, 3, 400), rng.normal(0, 4, 300)
    found = amounts_distance(far.tolist(), near.tolist()).estimate
    half = 1.96 * np.sqrt(far.var() / 400 + near.var() / 300)
    assert (found.high - found.low) / 2 == pytest.approx(half, rel=0.1)
    assert found.value == pytest.approx(far.mean() - near.mean())


def test_the_interval_of_two_shares_is_that_of_their_difference() -> None:
    a, b = (Counter[Hashable](letter) for letter in "ab")
    many, few = [a] * 150 + [b] * 50, [a] * 80 + [b] * 120
    found = categories_distance(many, few).estimate
    half = 1.96 * np.sqrt(0.75 * 0.25 / 200 + 0.4 * 0.6 / 200)
    assert found.value == pytest.approx(0.35)
    assert (found.high - found.low) / 2 == pytest.approx(half, rel=0.1)


def test_tunes_are_resampled_whole() -> None:
    both, one = (Counter[Hashable](letters) for letters in ("ab", "a"))
    assert categories_distance([both] * 20, [one] * 9).estimate.low == 0.5
