import numpy as np

from tuneloom.model.data.vocabulary import BOUNDARY
from tuneloom.model.network.config import Config
from tuneloom.model.network.network import Network
from tuneloom.model.training.step import Learner

TUNE = np.array([BOUNDARY, 1, 2, 3, 1, 2, 3, BOUNDARY], np.int32)


def learner(tiny: Config) -> Learner:
    return Learner(Network.build(tiny, vocabulary_size=4), tiny, lanes=2)


def test_learning_the_same_tune_again_and_again_costs_less_and_less(tiny: Config) -> None:
    tokens = np.stack([TUNE, TUNE])
    pupil = learner(tiny)
    losses = [pupil.learn(tokens, 0.05, step)[0] for step in range(40)]
    assert losses[0] > 20
    assert losses[-1] < 2


def test_at_a_rate_of_zero_nothing_is_learnt(tiny: Config) -> None:
    pupil = learner(tiny)
    before = [weight.numpy() for weight in pupil.network.model.weights]
    pupil.learn(np.stack([TUNE, TUNE]), rate=0.0, step=0)
    for weight, was in zip(pupil.network.model.weights, before, strict=True):
        np.testing.assert_array_equal(weight, was)


def test_a_long_gradient_is_cut_to_size(tiny: Config) -> None:
    """The first step of Adam is as long as the rate for any gradient, so look at its momentum."""
    pupil = learner(tiny)
    pupil.learn(np.stack([TUNE, TUNE]), rate=0.1, step=0)
    shapes = [weight.shape for weight in pupil.network.model.weights]
    momenta = [v.numpy() for name, v in pupil.variables().items() if "optimizer" in name][2::2]
    assert [momentum.shape for momentum in momenta] == shapes
    norm = np.sqrt(sum(float((momentum**2).sum()) for momentum in momenta))
    assert norm <= 0.1 * tiny.clip * 1.001


def test_states_are_carried_on_to_the_next_window(tiny: Config) -> None:
    pupil = learner(tiny)
    pupil.learn(np.stack([TUNE[:5], TUNE[:5]]), rate=0.0, step=0)
    states = [v.numpy() for name, v in pupil.variables().items() if "state" in name]
    _, expected = pupil.network.over_window(TUNE[None, :4].T, pupil.network.fresh_states(1))
    for state, tensor in zip(states, expected[0], strict=True):
        np.testing.assert_allclose(state[:1], tensor, atol=1e-6)
