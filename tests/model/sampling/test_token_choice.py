import numpy as np
import pytest

from tuneloom.model.runtime.backend import tf
from tuneloom.model.sampling.token_choice import sample_token

PROBABILITIES = np.array([[0.5, 0.3, 0.15, 0.05]], np.float32)
LOGITS = tf.math.log(PROBABILITIES)
NO_NOISE = tf.zeros((1, 4))


def mask(*tokens: int) -> np.ndarray:
    """A mask (1, 4) that leaves these tokens."""
    return np.isin(np.arange(4), tokens)[None]


def test_what_a_mask_allows_keeps_its_relative_probability() -> None:
    noise = -tf.math.log(-tf.math.log(tf.random.stateless_uniform((4000, 4), seed=[0, 1])))
    logits, left = tf.repeat(LOGITS, 4000, axis=0), np.repeat(mask(1, 2), 4000, axis=0)
    drawn, _ = sample_token(logits, noise, left, 1.0, 1.0)
    np.testing.assert_allclose(np.bincount(drawn) / 4000, [0, 2 / 3, 1 / 3], atol=0.03)


def test_the_cost_is_the_share_that_the_mask_takes() -> None:
    _, cost = sample_token(LOGITS, NO_NOISE, mask(1, 2), 1.0, 1.0)
    assert float(cost[0]) == pytest.approx(-np.log(0.45), rel=1e-5)


def test_the_nucleus_is_computed_before_the_mask() -> None:
    _, cost = sample_token(LOGITS, NO_NOISE, mask(1, 2), 1.0, 0.79)
    assert float(cost[0]) == pytest.approx(-np.log(0.3 / 0.8), rel=1e-5)


def test_if_the_mask_allows_nothing_in_the_nucleus_another_allowed_token_is_sampled() -> None:
    drawn, cost = sample_token(LOGITS, NO_NOISE, mask(2, 3), 1.0, 0.79)
    assert int(drawn[0]) == 2
    assert float(cost[0]) == np.inf


def test_without_a_mask_there_is_no_cost() -> None:
    drawn, cost = sample_token(LOGITS, NO_NOISE, None, 1.0, 1.0)
    assert (int(drawn[0]), float(cost[0])) == (0, 0.0)
