from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tuneloom.model.data.inputs import NetworkInputs
from tuneloom.model.data.vocabulary import BOUNDARY
from tuneloom.model.network.build import build_network, load_network
from tuneloom.model.network.config import TrainingConfig
from tuneloom.model.network.network import Network
from tuneloom.model.runtime.backend import Tensor, keras, tf

VOCABULARY = 7
PLAIN = TrainingConfig(architecture="plain", embedding=3, units=5)
TOKENS = np.array([[BOUNDARY, 3, 1, 4], [BOUNDARY, 2, 6, 5]], np.int32)  # (batch, time)


@pytest.fixture(
    params=[PLAIN, replace(PLAIN, layers=2), replace(PLAIN, cell="gru", layers=2)],
    ids=["one layer", "two layers", "gru"],
)
def config(request: pytest.FixtureRequest) -> TrainingConfig:
    found: TrainingConfig = request.param
    return found


@pytest.fixture
def network(config: TrainingConfig) -> Network:
    return build_network(config, VOCABULARY)


def unrolled(network: Network, tokens: np.ndarray) -> Tensor:
    """Logits (batch, time, vocabulary) from the initial state."""
    logits, _ = network.unroll(NetworkInputs.of(tokens.T), network.initial_state(len(tokens)))
    return tf.transpose(logits, [1, 0, 2])


def test_unrolling_gives_the_logits_of_the_keras_model(network: Network) -> None:
    np.testing.assert_allclose(unrolled(network, TOKENS), network.model(TOKENS), atol=1e-5)


def test_decoding_step_by_step_gives_the_same_logits(network: Network) -> None:
    expected = unrolled(network, TOKENS)
    step, state = network.decode_step(), network.initial_state(2)
    for t in range(TOKENS.shape[1]):
        logits, state = step(NetworkInputs.of(tf.constant(TOKENS[:, t])), state)
        np.testing.assert_allclose(logits, expected[:, t], atol=1e-5)


def test_bfloat16_products_give_nearly_the_same_logits_and_gradients(network: Network) -> None:
    found = []
    for each in (network, network.at_precision("bfloat16")):
        with tf.GradientTape() as tape:
            logits = unrolled(each, TOKENS)
            loss = tf.reduce_sum(logits * logits)
        gradients = tape.gradient(loss, network.model.trainable_variables)
        found.append([tf.convert_to_tensor(tensor) for tensor in (logits, *gradients)])
    for exact, rounded in zip(*found, strict=True):
        assert rounded.dtype == tf.float32
        np.testing.assert_allclose(rounded, exact, atol=0.02 * np.abs(exact).max())
    assert not np.array_equal(found[0][0], found[1][0])


def test_a_network_itself_stays_float32(network: Network) -> None:
    before = unrolled(network, TOKENS)
    assert network.at_precision("bfloat16").model is network.model
    np.testing.assert_array_equal(unrolled(network, TOKENS), before)


def test_a_tune_after_another_is_read_as_if_it_were_alone(network: Network) -> None:
    first, second = TOKENS[:1], TOKENS[1:]
    both = unrolled(network, np.concatenate([first, second], axis=1))
    np.testing.assert_allclose(both[:, 4:], unrolled(network, second), atol=1e-5)


def test_the_state_carries_a_tune_from_batch_to_batch(network: Network) -> None:
    whole = unrolled(network, TOKENS)
    state, parts = network.initial_state(2), []
    for tokens in (TOKENS[:, :2], TOKENS[:, 2:]):
        logits, state = network.unroll(NetworkInputs.of(tokens.T), state)
        parts.append(tf.transpose(logits, [1, 0, 2]))
    np.testing.assert_allclose(tf.concat(parts, axis=1), whole, atol=1e-5)


def test_what_is_saved_opens_in_plain_keras_and_has_stock_layers_only(
    network: Network, config: TrainingConfig, tmp_path: Path
) -> None:
    network.model.save(tmp_path / "model.keras")
    opened = keras.models.load_model(tmp_path / "model.keras")
    assert all(type(layer).__module__.startswith("keras.") for layer in opened.layers)
    np.testing.assert_array_equal(opened(TOKENS), network.model(TOKENS))
    np.testing.assert_array_equal(
        unrolled(load_network(tmp_path / "model.keras", config, VOCABULARY), TOKENS),
        unrolled(network, TOKENS),
    )


def test_the_seed_determines_the_initial_weights() -> None:
    def weights(seed: int) -> np.ndarray:
        model = build_network(replace(PLAIN, seed=seed), VOCABULARY).model
        return np.concatenate([weight.numpy().ravel() for weight in model.weights])

    np.testing.assert_array_equal(weights(1), weights(1))
    assert not np.array_equal(weights(1), weights(2))
