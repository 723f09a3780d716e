import os
import signal
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tuneloom.grammar.errors import RunFailed, UsageError
from tuneloom.model.network.config import Config
from tuneloom.model.runs.directory import RunDirectory
from tuneloom.model.runs.metrics import Metrics
from tuneloom.model.runtime.backend import keras
from tuneloom.model.training import trainer
from tuneloom.model.training.evaluation import Bits
from tuneloom.model.training.schedule import Budget
from tuneloom.model.training.trainer import Progress, Training

Splits = dict[str, list[str]]


def ignore(_: Progress) -> None:
    """Nobody watches."""


def weights(path: Path) -> list[np.ndarray]:
    model = RunDirectory.open(path).load_network().model
    return [weight.numpy() for weight in model.weights]


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


def test_every_step_is_reported(data_set: Path, tmp_path: Path, tiny: Config) -> None:
    seen: list[Progress] = []
    last = Training.begin(data_set, tmp_path, tiny, Budget(steps=4)).go(seen.append)
    assert [progress.place.step for progress in seen] == [1, 2, 3, 4]
    assert [progress.spent for progress in seen] == [0.25, 0.5, 0.75, 1.0]
    assert seen[1].seconds_left == pytest.approx(seen[1].place.seconds)
    assert last.validation_bits is not None


def test_an_epoch_reads_every_character_and_every_end_once(
    data_set: Path, splits: Splits, tmp_path: Path, tiny: Config
) -> None:
    last = Training.begin(data_set, tmp_path, tiny, Budget(epochs=1)).go(ignore)
    assert last.place.characters == sum(len(tune) + 1 for tune in splits["train"])


def test_a_run_ends_with_the_step_that_spends_its_time(
    data_set: Path, tmp_path: Path, tiny: Config
) -> None:
    seconds: list[float] = []
    budget = Budget(minutes=0.05)
    Training.begin(data_set, tmp_path, tiny, budget).go(lambda p: seconds.append(p.place.seconds))
    assert all(second < 3 for second in seconds[:-1])
    assert seconds[-1] >= 3


def test_a_run_gone_on_with_is_the_run_left_alone_to_the_last_bit(
    data_set: Path, tmp_path: Path, tiny: Config
) -> None:
    whole, parts, budget = tmp_path / "whole", tmp_path / "parts", Budget(steps=30)
    Training.begin(data_set, whole, tiny, budget).go(ignore)

    def stop_at(step: int) -> Callable[[Progress], None]:
        def report(progress: Progress) -> None:
            if progress.place.step == step:
                os.kill(os.getpid(), signal.SIGINT)

        return report

    with pytest.raises(KeyboardInterrupt):
        Training.begin(data_set, parts, tiny, budget).go(stop_at(7))
    with pytest.raises(KeyboardInterrupt):
        Training.resume(data_set, parts, budget).go(stop_at(19))
    Training.resume(data_set, parts, budget).go(ignore)

    for mine, theirs in zip(weights(parts), weights(whole), strict=True):
        np.testing.assert_array_equal(mine, theirs)


def test_a_run_goes_on_with_its_examinations_too(
    data_set: Path, tmp_path: Path, tiny: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The network that is kept is the same one, however often the run was stopped."""
    monkeypatch.setattr(trainer, "_MOST_STEPS", 4)
    whole, parts, budget = tmp_path / "whole", tmp_path / "parts", Budget(steps=12)
    Training.begin(data_set, whole, tiny, budget).go(ignore)
    with pytest.raises(KeyboardInterrupt):
        Training.begin(data_set, parts, tiny, budget).go(
            lambda p: os.kill(os.getpid(), signal.SIGINT) if p.place.step == 8 else None
        )
    Training.resume(data_set, parts, budget).go(ignore)
    for mine, theirs in zip(weights(parts), weights(whole), strict=True):
        np.testing.assert_array_equal(mine, theirs)
    examined = [
        [
            row.step
            for row in Metrics.read(run / "metrics.csv", 12).rows
            if row.parseable is not None
        ]
        for run in (whole, parts)
    ]
    assert examined == [[4, 8, 12]] * 2


def test_the_network_that_is_kept_is_the_best_by_validation(
    data_set: Path, tmp_path: Path, tiny: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trainer, "_MOST_STEPS", 2)
    validations = iter([3.0, 1.0, 2.0])
    run = Training.begin(data_set, tmp_path, tiny, Budget(steps=6))
    monkeypatch.setattr(run._examiner, "bits", lambda _: Bits(next(validations), 1, 1))
    model, seen = run._learner.network.model, {}

    def remember(progress: Progress) -> None:
        seen[progress.place.step] = [weight.numpy() for weight in model.weights]

    assert run.go(remember).validation_bits == 1.0
    for kept, best in zip(weights(tmp_path), seen[4], strict=True):
        np.testing.assert_array_equal(kept, best)


def test_a_run_that_gets_no_better_ends_before_its_budget(
    data_set: Path, tmp_path: Path, tiny: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trainer, "_MOST_STEPS", 2)
    idle = replace(tiny, learning_rate=0.0)
    last = Training.begin(data_set, tmp_path, idle, Budget(steps=1000)).go(ignore)
    assert last.place.step == 8


def test_a_run_that_another_process_trains_is_left_to_it(trained: Path, data_set: Path) -> None:
    run = Training.resume(data_set, trained, Budget(steps=400))
    with (
        RunDirectory.open(trained).alone(),
        pytest.raises(UsageError, match="another process is training this run"),
    ):
        run.go(ignore)


def test_a_level_of_validity_is_asked_of_every_tune(
    data_set: Path, splits: Splits, tmp_path: Path, tiny: Config
) -> None:
    sound = replace(tiny, level="sound", transpose=False)
    last = Training.begin(data_set, tmp_path / "run", sound, Budget(epochs=1)).go(ignore)
    assert last.place.characters == sum(len(tune) + 1 for tune in splits["train"])
    with pytest.raises(UsageError, match="no tune in the split train is metrical"):
        Training.begin(
            data_set, tmp_path / "other", replace(tiny, level="metrical"), Budget(steps=1)
        )


def test_a_loss_that_is_no_number_ends_the_run_and_keeps_the_last_good_network(
    data_set: Path, tmp_path: Path, tiny: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trainer, "_CHECKPOINT_SECONDS", 0.0)
    run = Training.begin(data_set, tmp_path, tiny, Budget(steps=20))

    def break_it(progress: Progress) -> None:
        if progress.place.step == 5:
            monkeypatch.setattr(run._learner, "learn", lambda *_: (float("nan"), 1))

    with pytest.raises(RunFailed, match="not a number at step 6"):
        run.go(break_it)
    assert all(np.isfinite(weight).all() for weight in weights(tmp_path))


def test_a_full_disk_ends_the_run_and_keeps_the_last_checkpoint(
    data_set: Path, tmp_path: Path, tiny: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trainer, "_CHECKPOINT_SECONDS", 0.0)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    def fill_the_disk(progress: Progress) -> None:
        if progress.place.step == 3:
            monkeypatch.setattr(np, "savez", full)

    with pytest.raises(RunFailed, match="no checkpoint at step 3"):
        Training.begin(data_set, tmp_path, tiny, Budget(steps=5)).go(fill_the_disk)
    assert '"step": 2' in str(np.load(tmp_path / "checkpoint.npz")["place"])


def test_a_single_tune_without_validation_can_be_learnt(
    tmp_path: Path, write_data_set: Callable[[Path, Splits], None], tiny: Config
) -> None:
    write_data_set(tmp_path / "data", {"train": ["K:D\nABc|\n"]})
    budget = Budget(epochs=60)
    last = Training.begin(tmp_path / "data", tmp_path / "run", tiny, budget).go(ignore)
    assert last.validation_bits is None
    assert last.bits < 0.5


def test_a_data_set_that_is_not_finished_is_refused_and_nothing_written(
    tmp_path: Path, tiny: Config
) -> None:
    (tmp_path / "data").mkdir()
    with pytest.raises(UsageError, match="not a finished data set"):
        Training.begin(tmp_path / "data", tmp_path / "run", tiny, Budget(steps=1))
    assert not (tmp_path / "run").exists()


def test_an_empty_split_is_refused_and_nothing_written(
    tmp_path: Path, write_data_set: Callable[[Path, Splits], None], tiny: Config
) -> None:
    write_data_set(tmp_path / "data", {"train": [], "test": ["A|\n"]})
    with pytest.raises(UsageError, match="no tune in the split train"):
        Training.begin(tmp_path / "data", tmp_path / "run", tiny, Budget(steps=1))
    assert not (tmp_path / "run").exists()


def test_a_run_goes_on_with_its_own_data_only(
    trained: Path, tmp_path: Path, write_data_set: Callable[[Path, Splits], None]
) -> None:
    write_data_set(tmp_path, {"train": ["A|\n"]})
    with pytest.raises(UsageError, match="not trained on"):
        Training.resume(tmp_path, trained, Budget(steps=400))


def test_a_budget_that_is_spent_is_refused(trained: Path, data_set: Path) -> None:
    with pytest.raises(UsageError, match="has spent this budget, at step 300"):
        Training.resume(data_set, trained, Budget(steps=300))
