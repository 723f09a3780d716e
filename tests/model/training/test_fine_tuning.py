"""Runs that go on from the network of another run, on tunes with characters that it does not know."""

import os
import signal
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tuneloom.grammar.errors import UsageError
from tuneloom.model.network.config import TrainingConfig
from tuneloom.model.runs.directory import RunDirectory
from tuneloom.model.training.schedule import Budget
from tuneloom.model.training.trainer import Intervals, Trainer, TrainingStatus

Splits = dict[str, list[str]]
BUDGET = Budget(steps=8)


def ignore(_: TrainingStatus) -> None:
    """Report nothing."""


def weights(path: Path) -> list[np.ndarray]:
    return [weight.numpy() for weight in RunDirectory.open(path).load_network().model.weights]


@pytest.fixture(scope="module")
def sharp_data(
    splits: Splits,
    tmp_path_factory: pytest.TempPathFactory,
    write_data_set: Callable[[Path, Splits], None],
) -> Path:
    """The tunes of `trained` in D minor with an accidental, which adds three characters."""
    path = tmp_path_factory.mktemp("sharp")
    write_data_set(
        path,
        {
            split: [tune.replace("K:D\n", "K:Dm\n^") for tune in tunes]
            for split, tunes in splits.items()
        },
    )
    return path


@pytest.fixture(scope="module")
def base(trained: Path) -> RunDirectory:
    return RunDirectory.open(trained)


def fine_tuned(data: Path, path: Path, base: RunDirectory) -> TrainingStatus:
    config = base.config.for_fine_tuning()
    return Trainer.begin(data, path, config, BUDGET, base=base).fit(ignore)


def test_a_run_knows_the_characters_of_both_and_the_headers_of_its_own_data(
    sharp_data: Path, base: RunDirectory, tmp_path: Path
) -> None:
    fine_tuned(sharp_data, tmp_path, base)
    run = RunDirectory.open(tmp_path)
    assert set(run.vocabulary.characters) == {*base.vocabulary.characters, *"^=m"}
    assert run.headers.keys == ("Dm",)
    assert run.base == str(base.path)


def test_a_run_begins_where_its_base_ended(
    sharp_data: Path, base: RunDirectory, tmp_path: Path
) -> None:
    afresh = Trainer.begin(sharp_data, tmp_path / "afresh", base.config, BUDGET).fit(ignore)
    tuned = fine_tuned(sharp_data, tmp_path / "tuned", base)
    assert tuned.bits < afresh.bits / 2


def test_the_same_run_twice_or_interrupted_ends_with_the_same_weights(
    sharp_data: Path, base: RunDirectory, tmp_path: Path
) -> None:
    for name in ("once", "twice"):
        fine_tuned(sharp_data, tmp_path / name, base)
    config, often = base.config.for_fine_tuning(), Intervals(max_validation_steps=4)
    with pytest.raises(KeyboardInterrupt):
        Trainer.begin(sharp_data, tmp_path / "parts", config, BUDGET, base=base).fit(
            lambda status: (
                os.kill(os.getpid(), signal.SIGINT) if status.progress.step == 3 else None
            )
        )
    Trainer.resume(sharp_data, tmp_path / "parts", BUDGET, intervals=often).fit(ignore)
    once, twice, parts = (weights(tmp_path / name) for name in ("once", "twice", "parts"))
    for first, *others in zip(once, twice, parts, strict=True):
        for other in others:
            np.testing.assert_array_equal(other, first)


@pytest.mark.parametrize(
    ("settings", "problem"),
    [
        ({"units": 32}, "units is 16 in its network, which cannot become 32"),
        ({"embedding": 4}, "embedding is 8 in its network"),
        ({"layers": 2}, "layers is 1 in its network"),
    ],
)
def test_another_size_is_refused_and_nothing_written(
    data_set: Path,
    base: RunDirectory,
    tmp_path: Path,
    settings: dict[str, int],
    problem: str,
) -> None:
    config = replace(base.config, **settings)  # type: ignore[arg-type]
    with pytest.raises(UsageError, match=problem):
        Trainer.begin(data_set, tmp_path / "run", config, BUDGET, base=base)
    assert not (tmp_path / "run").exists()


def test_another_profile_is_refused(data_set: Path, base: RunDirectory, tmp_path: Path) -> None:
    other = replace(base, profile="full")
    with pytest.raises(UsageError, match=r"trained on the profile full, but .* has .* melody"):
        Trainer.begin(data_set, tmp_path / "run", base.config, BUDGET, base=other)


def test_a_network_that_is_not_the_one_of_its_settings_is_refused(
    data_set: Path, base: RunDirectory, tiny: TrainingConfig, tmp_path: Path
) -> None:
    larger = replace(tiny, units=20)
    with pytest.raises(UsageError, match=r"model.keras: does not fit its settings \(a weight of"):
        Trainer.begin(data_set, tmp_path / "run", larger, BUDGET, base=replace(base, config=larger))
