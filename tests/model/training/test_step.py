from dataclasses import replace

import numpy as np
import pytest

from tuneloom.grammar.errors import UsageError
from tuneloom.model.data.inputs import NetworkInputs
from tuneloom.model.data.vocabulary import BOUNDARY
from tuneloom.model.network.build import build_network
from tuneloom.model.network.config import LayoutName, Precision, TrainingConfig
from tuneloom.model.training.step import TrainStep

TUNE = np.array([BOUNDARY, 1, 2, 3, 1, 2, 3, BOUNDARY], np.int32)


def new_step(plain: TrainingConfig) -> TrainStep:
    return TrainStep(build_network(plain, vocabulary_size=4), plain, batch_size=2)


@pytest.mark.parametrize(
    ("layout", "precision"),
    [("packed", "float32"), ("padded", "float32"), ("packed", "bfloat16")],
)
def test_the_loss_on_a_tune_falls_as_it_is_learned(
    plain: TrainingConfig, layout: LayoutName, precision: Precision
) -> None:
    tokens = NetworkInputs.of(np.stack([TUNE, TUNE]))
    train_step = new_step(replace(plain, layout=layout, precision=precision))
    losses = [train_step.run(tokens, 0.05, step)[0] for step in range(40)]
    assert losses[0] > 20
    assert losses[-1] < 2


def test_the_padded_layout_refuses_bfloat16(plain: TrainingConfig) -> None:
    with pytest.raises(UsageError, match="precision bfloat16 needs --set layout=packed"):
        new_step(replace(plain, layout="padded", precision="bfloat16"))


def test_a_large_gradient_is_clipped(plain: TrainingConfig) -> None:
    """The first step of Adam has the same length for any gradient, so look at its momentum."""
    train_step = new_step(plain)
    train_step.run(NetworkInputs.of(np.stack([TUNE, TUNE])), learning_rate=0.1, step=0)
    shapes = [weight.shape for weight in train_step.network.model.weights]
    momenta = [v.numpy() for name, v in train_step.variables().items() if "optimizer" in name][2::2]
    assert [momentum.shape for momentum in momenta] == shapes
    norm = np.sqrt(sum(float((momentum**2).sum()) for momentum in momenta))
    assert norm <= 0.1 * plain.clip * 1.001


def test_weights_decay_in_proportion_to_the_learning_rate(plain: TrainingConfig) -> None:
    tokens = NetworkInputs.of(np.stack([TUNE, TUNE]))
    decaying, lasting = (new_step(replace(plain, weight_decay=decay)) for decay in (0.5, 0))
    before = [weight.numpy() for weight in lasting.network.model.weights]
    for train_step in (decaying, lasting):
        train_step.run(tokens, learning_rate=0.1, step=0)
    decays = set(map(id, decaying.network.decaying_weights()))
    weights = decaying.network.model.weights, lasting.network.model.weights, before
    for weight, other, start in zip(*weights, strict=True):
        lost = 0.1 * 0.5 * start if id(weight) in decays else 0
        np.testing.assert_allclose(weight, other - lost, atol=1e-5)


def test_a_learning_rate_of_zero_carries_the_state_and_changes_no_weight(
    plain: TrainingConfig,
) -> None:
    train_step = new_step(plain)
    network = train_step.network
    before = [weight.numpy() for weight in network.model.weights]
    train_step.run(NetworkInputs.of(np.stack([TUNE[:5], TUNE[:5]])), learning_rate=0.0, step=0)
    for weight, was in zip(network.model.weights, before, strict=True):
        np.testing.assert_array_equal(weight, was)
    state = [v.numpy() for name, v in train_step.variables().items() if "state" in name]
    _, expected = network.unroll(NetworkInputs.of(TUNE[None, :4].T), network.initial_state(1))
    for carried, tensor in zip(state, expected[0], strict=True):
        np.testing.assert_allclose(carried[:1], tensor, atol=1e-6)
