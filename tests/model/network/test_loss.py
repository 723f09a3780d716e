import numpy as np
import pytest

from tuneloom.model.data.batching import TokenizedTunes, packed_batches, padded_batches
from tuneloom.model.data.inputs import NetworkInputs
from tuneloom.model.data.vocabulary import BOUNDARY
from tuneloom.model.network.build import build_network
from tuneloom.model.network.config import TrainingConfig
from tuneloom.model.network.loss import packed_loss, padded_loss
from tuneloom.model.network.network import Network
from tuneloom.model.runtime.backend import tf

VOCABULARY = 5


@pytest.fixture
def network() -> Network:
    return build_network(TrainingConfig("plain", embedding=3, units=4, dropout=0.25), VOCABULARY)


def random_batch(batch_size: int, time: int) -> NetworkInputs:
    random = np.random.default_rng(0)
    tokens = random.integers(0, VOCABULARY, (batch_size, time + 1)).astype(np.int32)
    return NetworkInputs.of(tokens)


def test_the_loss_is_the_cross_entropy_of_the_keras_model(network: Network) -> None:
    tokens = np.array([[BOUNDARY, 3, 1, 4, BOUNDARY]], np.int32)
    nats, targets, _ = packed_loss(network, NetworkInputs.of(tokens), network.initial_state(1))
    chances = tf.nn.softmax(network.model(tokens[:, :-1]))[0].numpy()
    expected = -sum(np.log(chances[t, token]) for t, token in enumerate(tokens[0, 1:]))
    assert float(nats) == pytest.approx(expected, rel=1e-5)
    assert float(targets) == 4


def test_padding_costs_nothing(network: Network) -> None:
    tune = np.array([[BOUNDARY, 3, 1, BOUNDARY]], np.int32)
    padded = np.pad(tune, ((0, 0), (0, 5)), constant_values=BOUNDARY)
    alone = packed_loss(network, NetworkInputs.of(tune), network.initial_state(1))[:2]
    assert np.allclose(
        packed_loss(network, NetworkInputs.of(padded), network.initial_state(1))[:2], alone
    )


@pytest.mark.parametrize("batch_size", [32, 37])
def test_the_number_of_parts_does_not_change_the_loss(network: Network, batch_size: int) -> None:
    found = []
    batch, state = random_batch(batch_size, 6), network.initial_state(batch_size)
    for parts in (1, 2):
        with tf.GradientTape() as tape:
            results = packed_loss(network, batch, state, parts=parts)
        gradients = tape.gradient(results[0], network.model.trainable_variables)
        found.append([*tf.nest.flatten(results), *map(tf.convert_to_tensor, gradients)])
    for one, two in zip(*found, strict=True):
        np.testing.assert_allclose(one, two, rtol=1e-4, atol=1e-5)


def test_padded_tunes_cost_the_same_as_packed_ones(network: Network) -> None:
    tokens = np.random.default_rng(0).integers(1, VOCABULARY, 300).astype(np.int32)
    tunes = TokenizedTunes.of(tokens, np.array([20, 40, 100, 60, 80]))
    random = np.random.default_rng(0)

    state, packed = network.initial_state(2), []
    for batch in packed_batches(tunes, 2, 16, random):
        nats, targets, state = packed_loss(network, batch, state)
        packed.append([float(nats), float(targets)])
    padded = [
        [float(each) for each in padded_loss(network, batch)]
        for batch in padded_batches(tunes, 2, random)
    ]

    np.testing.assert_allclose(np.sum(padded, axis=0), np.sum(packed, axis=0), rtol=1e-5)
    assert np.sum(packed, axis=0)[1] == 305


def test_dropout_masks_have_the_same_effect_in_both_layouts(network: Network) -> None:
    tokens = np.array([[BOUNDARY, 3, 1, 4, BOUNDARY], [BOUNDARY, 2, 2, 1, BOUNDARY]], np.int32)
    batch = NetworkInputs.of(tokens)
    masks = network.dropout_masks(2, tf.constant([1, 5]))
    np.testing.assert_allclose(np.unique(masks[0]), [0, 1 / 0.75], rtol=1e-6)
    packed = packed_loss(network, batch, network.initial_state(2), masks)[0]
    np.testing.assert_allclose(padded_loss(network, batch, masks)[0], packed, rtol=1e-5)
    assert not np.allclose(packed, packed_loss(network, batch, network.initial_state(2))[0])
