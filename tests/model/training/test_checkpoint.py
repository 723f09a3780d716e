from pathlib import Path

import numpy as np
import pytest

from tuneloom.grammar.errors import RunFailed, UsageError
from tuneloom.model.network.config import Config
from tuneloom.model.network.network import Network
from tuneloom.model.training import checkpoint
from tuneloom.model.training.early_stopping import Best
from tuneloom.model.training.schedule import Place
from tuneloom.model.training.step import Learner

PLACE = Place(step=3, epoch=1, window=2, epoch_windows=9, characters=50, seconds=1.5)
BEST = Best(bits=1.25, step=2, misses=1)


@pytest.fixture
def learner(tiny: Config) -> Learner:
    """A learner that has taken a step, so that no variable is at its first value."""
    learner = new(tiny)
    tokens = np.random.default_rng(0).integers(0, 4, (2, 5)).astype(np.int32)
    learner.learn(tokens, rate=0.1, step=0)
    return learner


def new(tiny: Config) -> Learner:
    return Learner(Network.build(tiny, vocabulary_size=4), tiny, lanes=2)


def values(learner: Learner) -> list[np.ndarray]:
    return [variable.numpy() for variable in learner.variables().values()]


def test_a_learner_comes_back_to_the_last_bit(
    learner: Learner, tiny: Config, tmp_path: Path
) -> None:
    checkpoint.save(tmp_path / "c.npz", learner, PLACE, BEST)
    other = new(tiny)
    assert checkpoint.restore(tmp_path / "c.npz", other) == (PLACE, BEST)
    for restored, saved in zip(values(other), values(learner), strict=True):
        np.testing.assert_array_equal(restored, saved)


def test_weights_that_are_not_finite_are_never_saved_over_good_ones(
    learner: Learner, tmp_path: Path
) -> None:
    checkpoint.save(tmp_path / "c.npz", learner, PLACE, BEST)
    good = (tmp_path / "c.npz").read_bytes()
    weight = learner.network.model.weights[0]
    weight.assign(np.full(weight.shape, np.nan))
    with pytest.raises(RunFailed, match="not finite at step 3"):
        checkpoint.save(tmp_path / "c.npz", learner, PLACE, BEST)
    assert (tmp_path / "c.npz").read_bytes() == good


def test_a_checkpoint_of_another_network_is_refused(
    learner: Learner, tiny: Config, tmp_path: Path
) -> None:
    checkpoint.save(tmp_path / "c.npz", learner, PLACE, BEST)
    wider = Learner(Network.build(tiny, vocabulary_size=5), tiny, lanes=2)
    with pytest.raises(UsageError, match="cannot be resumed"):
        checkpoint.restore(tmp_path / "c.npz", wider)


@pytest.mark.parametrize("keep", [0, 10, 500])
def test_a_checkpoint_cut_short_is_refused(learner: Learner, tmp_path: Path, keep: int) -> None:
    checkpoint.save(tmp_path / "c.npz", learner, PLACE, BEST)
    (tmp_path / "c.npz").write_bytes((tmp_path / "c.npz").read_bytes()[:keep])
    with pytest.raises(UsageError, match="cannot be resumed"):
        checkpoint.restore(tmp_path / "c.npz", learner)


def test_a_run_without_a_checkpoint_cannot_be_resumed(learner: Learner, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no checkpoint yet"):
        checkpoint.restore(tmp_path / "c.npz", learner)
