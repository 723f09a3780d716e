import numpy as np
import pytest

from model import loss
from model.backend import tf
from model.config import Config
from model.loss import window_loss
from model.network import Network
from model.vocabulary import BOUNDARY

VOCABULARY = 5


@pytest.fixture
def network() -> Network:
    return Network.build(Config(embedding=3, units=4), VOCABULARY)


def random_tokens(lanes: int, window: int) -> np.ndarray:
    return np.random.default_rng(0).integers(0, VOCABULARY, (lanes, window + 1)).astype(np.int32)


def test_the_loss_is_the_cross_entropy_of_the_keras_model(network: Network) -> None:
    tokens = np.array([[BOUNDARY, 3, 1, 4, BOUNDARY]], np.int32)
    nats, predicted, _ = window_loss(network, tokens, network.fresh_states(1))
    chances = tf.nn.softmax(network.model(tokens[:, :-1]))[0].numpy()
    expected = -sum(np.log(chances[t, token]) for t, token in enumerate(tokens[0, 1:]))
    assert float(nats) == pytest.approx(expected, rel=1e-5)
    assert float(predicted) == 4


def test_the_filling_of_a_lane_costs_nothing(network: Network) -> None:
    tune = np.array([[BOUNDARY, 3, 1, BOUNDARY]], np.int32)
    filled = np.pad(tune, ((0, 0), (0, 5)), constant_values=BOUNDARY)
    alone = window_loss(network, tune, network.fresh_states(1))[:2]
    assert np.allclose(window_loss(network, filled, network.fresh_states(1))[:2], alone)


@pytest.mark.parametrize("lanes", [32, 37])
def test_however_many_cores_share_the_lanes_the_result_is_the_same(
    network: Network, lanes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = []
    for cores in (1, 2):
        monkeypatch.setattr(loss, "cores", lambda cores=cores: cores)
        with tf.GradientTape() as tape:
            results = window_loss(network, random_tokens(lanes, 6), network.fresh_states(lanes))
        gradients = tape.gradient(results[0], network.model.trainable_variables)
        found.append([*tf.nest.flatten(results), *map(tf.convert_to_tensor, gradients)])
    for one, two in zip(*found, strict=True):
        np.testing.assert_allclose(one, two, rtol=1e-4, atol=1e-5)
