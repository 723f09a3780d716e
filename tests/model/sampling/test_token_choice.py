import numpy as np
import pytest

from tuneloom.model.runtime.backend import tf
from tuneloom.model.sampling.token_choice import choose

ODDS = np.array([[0.5, 0.3, 0.15, 0.05]], np.float32)
LOGITS = tf.math.log(ODDS)
STILL = tf.zeros((1, 4))


def mask(*tokens: int) -> np.ndarray:
    """A mask (1, 4) that leaves these tokens."""
    return np.isin(np.arange(4), tokens)[None]


def test_what_a_mask_leaves_keeps_its_odds() -> None:
    noise = -tf.math.log(-tf.math.log(tf.random.stateless_uniform((4000, 4), seed=[0, 1])))
    logits, left = tf.repeat(LOGITS, 4000, axis=0), np.repeat(mask(1, 2), 4000, axis=0)
    drawn, _ = choose(logits, noise, left, 1.0, 1.0)
    np.testing.assert_allclose(np.bincount(drawn) / 4000, [0, 2 / 3, 1 / 3], atol=0.03)


def test_what_is_cut_is_the_share_that_the_mask_takes() -> None:
    _, cut = choose(LOGITS, STILL, mask(1, 2), 1.0, 1.0)
    assert float(cut[0]) == pytest.approx(-np.log(0.45), rel=1e-5)


def test_the_nucleus_is_that_of_before_the_mask() -> None:
    _, cut = choose(LOGITS, STILL, mask(1, 2), 1.0, 0.79)
    assert float(cut[0]) == pytest.approx(-np.log(0.3 / 0.8), rel=1e-5)


def test_where_the_mask_leaves_nothing_of_the_nucleus_the_likeliest_of_the_rest_is_drawn() -> None:
    drawn, cut = choose(LOGITS, STILL, mask(2, 3), 1.0, 0.79)
    assert int(drawn[0]) == 2
    assert float(cut[0]) == np.inf


def test_without_a_mask_nothing_is_cut() -> None:
    drawn, cut = choose(LOGITS, STILL, None, 1.0, 1.0)
    assert (int(drawn[0]), float(cut[0])) == (0, 0.0)
