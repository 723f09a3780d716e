from pathlib import Path

import numpy as np
import pytest

from tuneloom.model.data.vocabulary import BOUNDARY
from tuneloom.model.network.config import Config
from tuneloom.model.network.network import Network
from tuneloom.model.runtime.backend import Tensor, keras, tf

VOCABULARY = 7
TOKENS = np.array([[BOUNDARY, 3, 1, 4], [BOUNDARY, 2, 6, 5]], np.int32)  # (batch, time)


@pytest.fixture(params=[1, 2], ids=["one layer", "two layers"])
def network(request: pytest.FixtureRequest) -> Network:
    return Network.build(Config(embedding=3, units=5, layers=request.param), VOCABULARY)


def over_window(network: Network, tokens: np.ndarray) -> Tensor:
    """Logits (batch, time, vocabulary) from fresh states."""
    logits, _ = network.over_window(tokens.T, network.fresh_states(len(tokens)))
    return tf.transpose(logits, [1, 0, 2])


def test_a_window_gives_the_logits_of_the_keras_model(network: Network) -> None:
    np.testing.assert_allclose(over_window(network, TOKENS), network.model(TOKENS), atol=1e-5)


def test_token_by_token_gives_the_same_logits(network: Network) -> None:
    expected = over_window(network, TOKENS)
    step, states = network.stepper(), network.fresh_states(2)
    for t in range(TOKENS.shape[1]):
        logits, states = step(tf.constant(TOKENS[:, t]), states)
        np.testing.assert_allclose(logits, expected[:, t], atol=1e-5)


def test_a_tune_behind_another_is_read_as_if_it_stood_alone(network: Network) -> None:
    first, second = TOKENS[:1], TOKENS[1:]
    both = over_window(network, np.concatenate([first, second], axis=1))
    np.testing.assert_allclose(both[:, 4:], over_window(network, second), atol=1e-5)


def test_states_carry_a_tune_from_window_to_window(network: Network) -> None:
    whole = over_window(network, TOKENS)
    states, parts = network.fresh_states(2), []
    for window in (TOKENS[:, :2], TOKENS[:, 2:]):
        logits, states = network.over_window(window.T, states)
        parts.append(tf.transpose(logits, [1, 0, 2]))
    np.testing.assert_allclose(tf.concat(parts, axis=1), whole, atol=1e-5)


def test_what_is_saved_opens_in_plain_keras_and_has_stock_layers_only(
    network: Network, tmp_path: Path
) -> None:
    network.model.save(tmp_path / "model.keras")
    opened = keras.models.load_model(tmp_path / "model.keras")
    assert all(type(layer).__module__.startswith("keras.") for layer in opened.layers)
    np.testing.assert_array_equal(opened(TOKENS), network.model(TOKENS))
    np.testing.assert_array_equal(
        over_window(Network.load(tmp_path / "model.keras"), TOKENS),
        over_window(network, TOKENS),
    )


def test_the_seed_decides_the_first_weights() -> None:
    def weights(seed: int) -> np.ndarray:
        model = Network.build(Config(embedding=3, units=5, seed=seed), VOCABULARY).model
        return np.concatenate([weight.numpy().ravel() for weight in model.weights])

    np.testing.assert_array_equal(weights(1), weights(1))
    assert not np.array_equal(weights(1), weights(2))
