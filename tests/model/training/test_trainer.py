import os
import shutil
import signal
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tuneloom.grammar.errors import RunFailed, UsageError
from tuneloom.model.network.config import Precision, TrainingConfig
from tuneloom.model.runs.directory import RunDirectory
from tuneloom.model.runs.metrics import Metrics
from tuneloom.model.runtime.backend import keras
from tuneloom.model.training.schedule import Budget
from tuneloom.model.training.trainer import Intervals, Trainer, TrainingStatus

Splits = dict[str, list[str]]


def ignore(_: TrainingStatus) -> None:
    """Report nothing."""


def weights(path: Path) -> list[np.ndarray]:
    model = RunDirectory.open(path).load_network().model
    return [weight.numpy() for weight in model.weights]


def validations(path: Path) -> list[tuple[int, float]]:
    """The steps at which a run validated, and the bits found."""
    rows = Metrics.read(path / "metrics.csv", last_step=1_000_000).rows
    return [(row.step, row.validation_bits) for row in rows if row.validation_bits is not None]


def test_a_run_directory_holds_all_of_a_run(trained: Path) -> None:
    names = {file.name for file in trained.iterdir()}
    assert names == {
        "config.json", "model.keras", "checkpoint.npz", "metrics.csv", "progress.png", "samples",
        "tensorboard",
    }  # fmt: skip
    assert [book.name for book in sorted((trained / "samples").iterdir())] == ["0000300.abc"]
    rows = Metrics.read(trained / "metrics.csv", last_step=300).rows
    assert rows[-1].step == 300
    assert rows[-1].train_bits < rows[0].train_bits
    assert rows[-1].validation_bits is not None


def test_the_network_opens_in_plain_keras(trained: Path) -> None:
    assert keras.models.load_model(trained / "model.keras").output_shape[-1] > 10


@pytest.mark.slow
def test_every_step_is_reported_to_the_one_that_spends_the_budget(
    data_set: Path, tmp_path: Path, tiny: TrainingConfig
) -> None:
    seen: list[TrainingStatus] = []
    last = Trainer.begin(data_set, tmp_path, tiny, Budget(minutes=0.05)).fit(seen.append)
    assert [status.progress.step for status in seen] == list(range(1, len(seen) + 1))
    assert all(status.spent < 1 for status in seen[:-1])
    assert seen[-1].spent == seen[-1].progress.seconds / 3 >= 1
    assert seen[0].seconds_left == pytest.approx(max(0, 3 - seen[0].progress.seconds))
    assert last.validation_bits is not None


def test_an_epoch_reads_every_character_and_every_end_once(
    data_set: Path, splits: Splits, tmp_path: Path, tiny: TrainingConfig
) -> None:
    sound = replace(tiny, level="sound", keys="own")  # as all of these tunes are
    last = Trainer.begin(data_set, tmp_path, sound, Budget(epochs=1)).fit(ignore)
    assert last.progress.characters == sum(len(tune) + 1 for tune in splits["train"])


@pytest.mark.parametrize("precision", ["float32", "bfloat16"])
def test_a_resumed_run_equals_an_uninterrupted_one_to_the_last_bit(
    data_set: Path, tmp_path: Path, tiny: TrainingConfig, precision: Precision
) -> None:
    config, often = replace(tiny, precision=precision), Intervals(max_validation_steps=4)
    whole, parts, budget = tmp_path / "whole", tmp_path / "parts", Budget(steps=12)
    Trainer.begin(data_set, whole, config, budget, intervals=often).fit(ignore)

    with pytest.raises(KeyboardInterrupt):
        Trainer.begin(data_set, parts, config, budget, intervals=often).fit(
            lambda status: (
                os.kill(os.getpid(), signal.SIGINT) if status.progress.step == 5 else None
            )
        )
    Trainer.resume(data_set, parts, budget, intervals=often).fit(ignore)

    for mine, theirs in zip(weights(parts), weights(whole), strict=True):
        np.testing.assert_array_equal(mine, theirs)
    assert [step for step, _ in validations(parts)] == [4, 8, 12]
    assert validations(parts) == validations(whole)


@pytest.mark.slow
def test_the_network_that_is_kept_is_the_best_by_validation(
    data_set: Path, tmp_path: Path, tiny: TrainingConfig
) -> None:
    wild, often = replace(tiny, learning_rate=3.0), Intervals(max_validation_steps=3)
    trainer = Trainer.begin(data_set, tmp_path, wild, Budget(steps=1000), intervals=often)
    seen = {}

    def remember(status: TrainingStatus) -> None:
        seen[status.progress.step] = [weight.numpy() for weight in trainer.network.model.weights]
        if status.progress.step == 12:
            os.kill(os.getpid(), signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        trainer.fit(remember)
    found = validations(tmp_path)
    best, _ = min(found, key=lambda step_and_bits: step_and_bits[1])
    assert best < 12
    for kept, expected in zip(weights(tmp_path), seen[best], strict=True):
        np.testing.assert_array_equal(kept, expected)


def test_a_run_that_does_not_improve_ends_before_its_budget(
    data_set: Path, tmp_path: Path, tiny: TrainingConfig
) -> None:
    idle, often = replace(tiny, learning_rate=0.0), Intervals(max_validation_steps=2)
    trainer = Trainer.begin(data_set, tmp_path, idle, Budget(steps=1000), intervals=often)
    assert trainer.fit(ignore).progress.step == 8


def test_a_run_that_another_process_is_training_is_refused(trained: Path, data_set: Path) -> None:
    run = Trainer.resume(data_set, trained, Budget(steps=400))
    with (
        RunDirectory.open(trained).lock(),
        pytest.raises(UsageError, match="another process is training this run"),
    ):
        run.fit(ignore)


def test_every_tune_must_reach_the_level_of_validity(
    data_set: Path, tmp_path: Path, tiny: TrainingConfig
) -> None:
    metrical = replace(tiny, level="metrical")
    with pytest.raises(UsageError, match="no tune in the split train is metrical"):
        Trainer.begin(data_set, tmp_path / "run", metrical, Budget(steps=1))


def test_a_loss_that_is_not_a_number_ends_the_run_and_keeps_the_last_good_network(
    data_set: Path, tmp_path: Path, tiny: TrainingConfig
) -> None:
    diverging = replace(tiny, learning_rate=1e38, warmup=1)
    always = Intervals(checkpoint_seconds=0.0)
    trainer = Trainer.begin(data_set, tmp_path, diverging, Budget(steps=20), intervals=always)
    with pytest.raises(RunFailed, match="not a number at step 2"):
        trainer.fit(ignore)
    assert all(np.isfinite(weight).all() for weight in weights(tmp_path))


def test_a_full_disk_ends_the_run_and_keeps_the_last_checkpoint(
    data_set: Path, tmp_path: Path, tiny: TrainingConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    def fill_the_disk(status: TrainingStatus) -> None:
        if status.progress.step == 3:
            monkeypatch.setattr(np, "savez", full)

    always = Intervals(checkpoint_seconds=0.0)
    trainer = Trainer.begin(data_set, tmp_path, tiny, Budget(steps=5), intervals=always)
    with pytest.raises(RunFailed, match="no checkpoint at step 3"):
        trainer.fit(fill_the_disk)
    assert '"step": 2' in str(np.load(tmp_path / "checkpoint.npz")["progress"])


def test_a_single_tune_can_be_learned_without_validation(
    tmp_path: Path, write_data_set: Callable[[Path, Splits], None], tiny: TrainingConfig
) -> None:
    write_data_set(tmp_path / "data", {"train": ["K:D\nABc|\n"]})
    budget = Budget(epochs=60)
    last = Trainer.begin(tmp_path / "data", tmp_path / "run", tiny, budget).fit(ignore)
    assert last.validation_bits is None
    assert last.bits < 0.5


def test_a_data_set_that_is_not_finished_is_refused_and_nothing_written(
    tmp_path: Path, tiny: TrainingConfig
) -> None:
    (tmp_path / "data").mkdir()
    with pytest.raises(UsageError, match="not a finished data set"):
        Trainer.begin(tmp_path / "data", tmp_path / "run", tiny, Budget(steps=1))
    assert not (tmp_path / "run").exists()


def test_an_empty_split_is_refused_and_nothing_written(
    tmp_path: Path, write_data_set: Callable[[Path, Splits], None], tiny: TrainingConfig
) -> None:
    write_data_set(tmp_path / "data", {"train": [], "test": ["A|\n"]})
    with pytest.raises(UsageError, match="no tune in the split train"):
        Trainer.begin(tmp_path / "data", tmp_path / "run", tiny, Budget(steps=1))
    assert not (tmp_path / "run").exists()


def test_a_run_resumes_on_its_own_data_only(
    trained: Path, tmp_path: Path, write_data_set: Callable[[Path, Splits], None]
) -> None:
    write_data_set(tmp_path, {"train": ["A|\n"]})
    with pytest.raises(UsageError, match="not trained on"):
        Trainer.resume(tmp_path, trained, Budget(steps=400))


def test_a_budget_that_is_spent_is_refused(trained: Path, data_set: Path) -> None:
    with pytest.raises(UsageError, match="has spent this budget, at step 300"):
        Trainer.resume(data_set, trained, Budget(steps=300))


def test_what_a_process_left_that_was_killed_at_its_very_end_is_removed(
    trained: Path, data_set: Path, tmp_path: Path
) -> None:
    run = tmp_path / "run"
    shutil.copytree(trained, run)
    names = {path.name for path in run.iterdir()}
    left = run / ".progress.png.partial"
    left.mkdir()
    (left / ".made-by-tuneloom").touch()
    (run / ".lock").touch()
    with pytest.raises(UsageError, match="has spent this budget"):
        Trainer.resume(data_set, run, Budget(steps=300))
    assert {path.name for path in run.iterdir()} == names


def test_metrics_are_there_before_the_checkpoint_that_follows_them(
    data_set: Path, tiny: TrainingConfig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process may be killed between the two; rows beyond the checkpoint are written again."""

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np, "savez", full)
    with pytest.raises(RunFailed, match="no checkpoint at step 3"):
        Trainer.begin(data_set, tmp_path / "run", tiny, Budget(steps=3)).fit(ignore)
    assert [row.step for row in Metrics.read(tmp_path / "run" / "metrics.csv", 3).rows] == [3]
