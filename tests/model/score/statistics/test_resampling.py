import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuneloom.model.score.statistics.resampling import (
    effective_sample_size,
    importance_weights,
    systematic_resample,
)

COSTS = st.lists(st.floats(0, 900) | st.just(np.inf), min_size=1, max_size=50)
CHANCES = st.floats(0, 1, exclude_max=True)


def test_a_cost_of_one_bit_halves_a_weight() -> None:
    weights = importance_weights(np.log([2, 4, 4]))
    assert weights.tolist() == pytest.approx([0.5, 0.25, 0.25])


def test_weights_of_very_high_costs_add_up_to_1() -> None:
    assert importance_weights(np.array([2000.0, 2000.0, np.inf])).tolist() == [0.5, 0.5, 0.0]


def test_weights_are_0_if_all_costs_are_infinite() -> None:
    assert importance_weights(np.array([np.inf, np.inf])).tolist() == [0.0, 0.0]


def test_equal_weights_are_as_many_effective_draws_and_one_alone_is_one() -> None:
    assert effective_sample_size(np.full(8, 1 / 8)) == pytest.approx(8)
    assert effective_sample_size(np.array([1.0, 0.0, 0.0])) == pytest.approx(1)


@given(COSTS, CHANCES)
def test_each_draw_is_there_as_often_as_expected_rounded_up_or_down(
    costs: list[float], chance: float
) -> None:
    weights = importance_weights(np.array(costs))
    if not weights.any():
        return
    found = systematic_resample(weights, chance)
    counts = np.bincount(found, minlength=len(weights))
    assert len(found) == len(weights)
    assert (np.diff(found) >= 0).all()
    assert (np.abs(counts - len(weights) * weights) < 1 + 1e-9).all()
    assert not counts[weights == 0].any()


def test_over_all_chances_draws_are_there_as_often_as_their_weights_say() -> None:
    weights = np.array([0.55, 0.3, 0.15])
    found = np.concatenate([systematic_resample(weights, c) for c in np.linspace(0, 0.999, 1000)])
    assert np.bincount(found) / len(found) == pytest.approx(weights, abs=0.01)
