import numpy as np
import pytest

from tuneloom.model.data.batching import Tunes, pack, rows, windows
from tuneloom.model.data.vocabulary import BOUNDARY
from tuneloom.model.network import loss
from tuneloom.model.network.config import Config
from tuneloom.model.network.loss import row_loss, window_loss
from tuneloom.model.network.network import Network
from tuneloom.model.runtime.backend import tf

VOCABULARY = 5


@pytest.fixture
def network() -> Network:
    return Network.build(Config(embedding=3, units=4, dropout=0.25), VOCABULARY)


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


def test_whole_tunes_in_rows_cost_what_they_cost_packed_into_windows(network: Network) -> None:
    """What a GPU computes by Keras's own layers is the same loss."""
    tokens = np.random.default_rng(0).integers(1, VOCABULARY, 300).astype(np.int32)
    tunes = Tunes.of(tokens, np.array([20, 40, 100, 60, 80]))
    random = np.random.default_rng(0)

    states, packed = network.fresh_states(2), [0.0, 0.0]
    for window in windows(pack(tunes, 2, 16, random), 16):
        nats, predicted, states = window_loss(network, window, states)
        packed = [packed[0] + float(nats), packed[1] + float(predicted)]
    found = [[float(each) for each in row_loss(network, batch)] for batch in rows(tunes, 2, random)]

    np.testing.assert_allclose(np.sum(found, axis=0), packed, rtol=1e-5)
    assert packed[1] == 305


def test_dropout_masks_work_alike_in_windows_and_in_rows(network: Network) -> None:
    tokens = np.array([[BOUNDARY, 3, 1, 4, BOUNDARY], [BOUNDARY, 2, 2, 1, BOUNDARY]], np.int32)
    masks = network.dropout_masks(2, tf.constant([1, 5]))
    np.testing.assert_allclose(np.unique(masks[0]), [0, 1 / 0.75], rtol=1e-6)
    windowed = window_loss(network, tokens, network.fresh_states(2), masks)[0]
    np.testing.assert_allclose(row_loss(network, tokens, masks)[0], windowed, rtol=1e-5)
    assert not np.allclose(windowed, window_loss(network, tokens, network.fresh_states(2))[0])
