from dataclasses import replace

import numpy as np
import pytest

from tuneloom.model.data.vocabulary import Vocabulary
from tuneloom.model.network.build import build_network
from tuneloom.model.network.config import TrainingConfig
from tuneloom.model.network.growth import copy_weights
from tuneloom.model.network.network import Network
from tuneloom.model.network.recurrent import PlainNetwork
from tuneloom.model.runtime.backend import keras

KNOWN, ALL = Vocabulary("ACDG|"), Vocabulary("ABCDEG^|")
PLAIN = TrainingConfig("plain")
TEXT = "CAG|DA|"


def network_over(vocabulary: Vocabulary, **settings: int) -> Network:
    sizes = {"embedding": 3, "units": 5, "layers": 2} | settings
    return build_network(replace(PLAIN, **sizes), vocabulary.size)  # type: ignore[arg-type]


def network_with_gates(vocabulary: Vocabulary) -> Network:
    """A network that gives two scores more for each step, after the logits."""
    layers = keras.layers
    model = keras.Sequential(
        [
            keras.Input((None,), dtype="int32"),
            layers.Embedding(vocabulary.size, 3),
            layers.LSTM(5, return_sequences=True),
            layers.Dropout(0.1),
            layers.Dense(vocabulary.size + 2, bias_initializer="random_normal"),
        ]
    )
    return PlainNetwork(model, PLAIN)


def scores(network: Network, vocabulary: Vocabulary) -> np.ndarray:
    """(time, vocabulary + others)"""
    tokens = np.append(0, vocabulary.encode(TEXT))
    return np.array(network.model(tokens[None])[0])


def test_known_characters_keep_their_logits() -> None:
    old, new = network_over(KNOWN), network_over(ALL)
    copy_weights(old, KNOWN, new, ALL)
    places = [0, *ALL.encode(KNOWN.characters)]
    np.testing.assert_allclose(scores(new, ALL)[:, places], scores(old, KNOWN), atol=1e-5)


def test_the_logit_of_a_new_character_is_the_mean_of_those_known() -> None:
    old, new = network_over(KNOWN), network_over(ALL)
    copy_weights(old, KNOWN, new, ALL)
    mean = scores(old, KNOWN).mean(axis=1)
    for token in ALL.encode("BE^"):
        np.testing.assert_allclose(scores(new, ALL)[:, token], mean, atol=1e-5)


def test_what_comes_after_the_tokens_keeps_its_place() -> None:
    old, new = network_with_gates(KNOWN), network_with_gates(ALL)
    copy_weights(old, KNOWN, new, ALL)
    np.testing.assert_allclose(scores(new, ALL)[:, -2:], scores(old, KNOWN)[:, -2:], atol=1e-5)


def test_with_the_same_vocabulary_the_weights_are_the_same() -> None:
    old, new = network_over(ALL), network_over(ALL)
    copy_weights(old, ALL, new, ALL)
    for before, after in zip(old.model.weights, new.model.weights, strict=True):
        np.testing.assert_array_equal(before.numpy(), after.numpy())


@pytest.mark.parametrize("settings", [{"units": 6}, {"embedding": 4}, {"layers": 1}])
def test_networks_of_other_sizes_are_refused(settings: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=r"does not fit|argument 2 is"):
        copy_weights(network_over(KNOWN), KNOWN, network_over(ALL, **settings), ALL)
