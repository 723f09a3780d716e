"""The same aids of the same tunes in training, evaluation and sampling, whatever key the music is read in."""

from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tuneloom.model.aids.columns import aid_columns
from tuneloom.model.data.inputs import NetworkInputs
from tuneloom.model.data.vocabulary import Vocabulary
from tuneloom.model.network.build import build_network
from tuneloom.model.network.config import KeysName, TrainingConfig
from tuneloom.model.runtime.backend import Tensor, tf
from tuneloom.model.sampling.config import SamplingConfig
from tuneloom.model.sampling.prompts import Prompts
from tuneloom.model.sampling.sampler import DecodeStep, Sampler
from tuneloom.model.training.inputs import TrainingInputs
from tuneloom.pipeline.dataset.manifest import Manifest


def inputs_of(data_set: Path, keys: KeysName) -> TrainingInputs:
    manifest, config = Manifest.load(data_set), TrainingConfig(keys=keys)
    vocabulary = Vocabulary(manifest.vocabulary)
    return TrainingInputs.read(data_set, manifest, config, vocabulary, extends=True)


@pytest.mark.parametrize("keys", ["one", "own", "many"])
def test_training_and_validation_tunes_have_the_aids_of_their_spelling(
    data_set: Path, keys: KeysName
) -> None:
    inputs = inputs_of(data_set, keys)
    assert inputs.validation is not None
    for tunes in (inputs.tunes.epoch(np.random.default_rng(0)), inputs.validation):
        aids = partial(aid_columns, TrainingConfig().aids, inputs.vocabulary, tunes)
        np.testing.assert_array_equal(tunes.aids, aids(in_one_tonic=keys == "one"))
        assert not np.array_equal(tunes.aids, aids(in_one_tonic=keys != "one"))


@pytest.mark.parametrize("keys", ["one", "own"])
def test_a_tune_has_the_same_aids_when_it_is_drawn(data_set: Path, keys: KeysName) -> None:
    inputs = inputs_of(data_set, keys)
    assert inputs.validation is not None
    seen = seen_while_drawing(inputs, keys, inputs.validation[0])
    np.testing.assert_array_equal(seen, inputs.validation.aids[: len(seen)])


def seen_while_drawing(inputs: TrainingInputs, keys: KeysName, tune: np.ndarray) -> np.ndarray:
    """What a network reads after each token of a tune that is its own prompt, (tokens, width)."""
    network = build_network(TrainingConfig(keys=keys, embedding=2, units=2), inputs.vocabulary.size)
    seen: list[np.ndarray] = []
    own_step = network.decode_step

    def keep(aids: np.ndarray) -> np.ndarray:
        seen.append(aids[0].copy())
        return aids

    def recording() -> DecodeStep:
        step = own_step()

        def recorded(inputs: NetworkInputs, state: Any) -> tuple[Tensor, Any]:
            aids = tf.numpy_function(keep, [inputs.aids], inputs.aids.dtype)
            aids = tf.ensure_shape(aids, inputs.aids.shape)
            return step(NetworkInputs(inputs.tokens, aids), state)

        return recorded

    network.decode_step = recording  # type: ignore[method-assign]
    config = SamplingConfig(batch_size=1, max_length=len(tune))
    prompt = Prompts.of([tune[:-1]])
    Sampler.of(network, inputs.vocabulary, config, prompt).sample(1)
    return np.array(seen[1 : len(tune)])
