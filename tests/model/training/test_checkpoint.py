import json
import zipfile
from pathlib import Path

import numpy as np
import pytest

from tuneloom.grammar.errors import RunFailed, UsageError
from tuneloom.model.data.inputs import NetworkInputs
from tuneloom.model.network.build import build_network
from tuneloom.model.network.config import TrainingConfig
from tuneloom.model.runs.progress import TrainingProgress
from tuneloom.model.training.checkpoint import restore_checkpoint, save_checkpoint
from tuneloom.model.training.early_stopping import BestValidation
from tuneloom.model.training.step import TrainStep

PROGRESS = TrainingProgress(step=3, epoch=1, batch=2, epoch_batches=9, characters=50, seconds=1.5)
BEST = BestValidation(bits=1.25, step=2, misses=1)


@pytest.fixture(scope="module")
def train_step(plain: TrainingConfig) -> TrainStep:
    """Trained for one step, so that no variable has its initial value."""
    train_step = new(plain)
    tokens = np.random.default_rng(0).integers(0, 4, (2, 5)).astype(np.int32)
    train_step.run(NetworkInputs.of(tokens), learning_rate=0.1, step=0)
    return train_step


def new(plain: TrainingConfig) -> TrainStep:
    return TrainStep(build_network(plain, vocabulary_size=4), plain, batch_size=2)


def values(train_step: TrainStep) -> list[np.ndarray]:
    return [variable.numpy() for variable in train_step.variables().values()]


def test_a_checkpoint_restores_every_bit(
    train_step: TrainStep, plain: TrainingConfig, tmp_path: Path
) -> None:
    save_checkpoint(tmp_path / "c.npz", train_step, PROGRESS, BEST)
    other = new(plain)
    assert restore_checkpoint(tmp_path / "c.npz", other) == (PROGRESS, BEST)
    for restored, saved in zip(values(other), values(train_step), strict=True):
        np.testing.assert_array_equal(restored, saved)


def test_weights_that_are_not_finite_are_never_saved_over_good_ones(
    train_step: TrainStep, tmp_path: Path
) -> None:
    save_checkpoint(tmp_path / "c.npz", train_step, PROGRESS, BEST)
    good = (tmp_path / "c.npz").read_bytes()
    weight = train_step.network.model.weights[0]
    value = weight.numpy()
    weight.assign(np.full(weight.shape, np.nan))
    with pytest.raises(RunFailed, match="not finite at step 3"):
        save_checkpoint(tmp_path / "c.npz", train_step, PROGRESS, BEST)
    weight.assign(value)
    assert (tmp_path / "c.npz").read_bytes() == good


def test_a_checkpoint_of_another_network_is_refused(
    train_step: TrainStep, plain: TrainingConfig, tmp_path: Path
) -> None:
    save_checkpoint(tmp_path / "c.npz", train_step, PROGRESS, BEST)
    wider = TrainStep(build_network(plain, vocabulary_size=5), plain, batch_size=2)
    with pytest.raises(UsageError, match="cannot be resumed"):
        restore_checkpoint(tmp_path / "c.npz", wider)


@pytest.mark.parametrize("keep", [0, 10, 500])
def test_a_checkpoint_cut_short_is_refused(
    train_step: TrainStep, tmp_path: Path, keep: int
) -> None:
    save_checkpoint(tmp_path / "c.npz", train_step, PROGRESS, BEST)
    (tmp_path / "c.npz").write_bytes((tmp_path / "c.npz").read_bytes()[:keep])
    with pytest.raises(UsageError, match="cannot be resumed"):
        restore_checkpoint(tmp_path / "c.npz", train_step)


@pytest.mark.parametrize(
    ("name", "value"),
    [("step", "x"), ("step", -1), ("epoch", 1e308), ("batch", None), ("epoch_batches", 0), ("seconds", [])],
)  # fmt: skip
def test_a_progress_that_cannot_be_is_refused_in_one_line(
    train_step: TrainStep, tmp_path: Path, name: str, value: object
) -> None:
    save_checkpoint(tmp_path / "c.npz", train_step, PROGRESS, BEST)
    with np.load(tmp_path / "c.npz") as file:
        arrays = dict(file)
    facts = json.loads(str(arrays["progress"])) | {name: value}
    np.savez(tmp_path / "c.npz", **arrays | {"progress": np.array(json.dumps(facts))})
    with pytest.raises(UsageError, match=f"cannot be resumed .{name} is") as raised:
        restore_checkpoint(tmp_path / "c.npz", train_step)
    assert "\n" not in str(raised.value)


def test_arrays_that_unpack_to_more_than_their_variables_are_not_unpacked(
    train_step: TrainStep, tmp_path: Path
) -> None:
    save_checkpoint(tmp_path / "c.npz", train_step, PROGRESS, BEST)
    with zipfile.ZipFile(tmp_path / "c.npz", "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("more.npy", bytes(10**8))
    with pytest.raises(UsageError, match="npy is too large"):
        restore_checkpoint(tmp_path / "c.npz", train_step)


def test_a_run_without_a_checkpoint_cannot_be_resumed(
    train_step: TrainStep, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match="no checkpoint yet"):
        restore_checkpoint(tmp_path / "c.npz", train_step)
