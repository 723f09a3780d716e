from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from tuneloom.cli.network.run_summary import run_summary
from tuneloom.model.data.vocabulary import Vocabulary
from tuneloom.model.network.config import TrainingConfig
from tuneloom.model.runs.directory import RunDirectory
from tuneloom.model.runs.progress import TrainingProgress
from tuneloom.model.training.schedule import Budget
from tuneloom.model.training.trainer import Trainer

BASE = RunDirectory(Path("runs/first"), TrainingConfig(), "0123abcd", Vocabulary("AB|"))


def trainer_with(config: TrainingConfig) -> Trainer:
    """As much of a trainer as a summary looks at."""
    return cast(
        Trainer,
        SimpleNamespace(
            config=config,
            network=SimpleNamespace(model=SimpleNamespace(count_params=lambda: 1_327_511)),
            inputs=SimpleNamespace(tunes=range(11_387), characters=1_935_972),
            progress=TrainingProgress(step=1234),
        ),
    )


def last_lines(
    config: TrainingConfig, budget: Budget, base: RunDirectory | None = None
) -> list[str]:
    """The lines on the budget and the settings."""
    return run_summary(trainer_with(config), budget, base, resumed=False).splitlines()[3:]


def test_network_device_and_data_are_named() -> None:
    shown = run_summary(trainer_with(TrainingConfig()), Budget(steps=1), None, resumed=False)
    network, device, data, *_ = shown.splitlines()
    assert network.endswith(", 1 layer of 512 units; 1,327,511 parameters")
    assert device.startswith("device    ")
    assert data == "data      11,387 tunes, 1,935,972 characters"


@pytest.mark.parametrize(
    ("budget", "shown"),
    [
        (Budget(minutes=20.0), "budget    20 minutes"),
        (Budget(epochs=1.5), "budget    1.5 epochs"),
        (Budget(steps=12_000), "budget    12,000 steps"),
        (Budget(steps=1), "budget    1 step"),
    ],
)
def test_a_budget_is_of_time_epochs_or_steps(budget: Budget, shown: str) -> None:
    assert last_lines(TrainingConfig(), budget)[0] == shown


def test_the_budget_decides_which_defaults_are_told() -> None:
    short, long = Budget(minutes=3), Budget(minutes=20)
    assert last_lines(TrainingConfig.for_budget(3), short)[1:] == [
        "settings  the defaults of a short run, of less than 6 minutes"
    ]
    assert last_lines(TrainingConfig(), long)[1:] == ["settings  the defaults of a long run"]


def test_settings_other_than_the_defaults_are_listed() -> None:
    config = replace(TrainingConfig(), units=384, patience=0)
    assert last_lines(config, Budget(minutes=20))[1:] == [
        "settings  the defaults of a long run, but units 384, patience 0"
    ]


def test_a_run_that_goes_on_from_another_names_it() -> None:
    config = replace(BASE.config.for_fine_tuning(), seed=5)
    assert last_lines(config, Budget(minutes=3), BASE)[1:] == [
        "settings  those of first, for fine-tuning, but seed 5"
    ]


def test_a_resumed_run_says_where_it_goes_on() -> None:
    shown = run_summary(trainer_with(TrainingConfig()), Budget(steps=2000), None, resumed=True)
    assert shown.endswith("settings  those of the run, resumed at step 1,234")


def test_lines_fit_80_columns_however_many_settings_are_given() -> None:
    config = TrainingConfig(
        embedding=64, units=256, layers=2, dropout=0.25, level="metrical", batch_size=32, clip=2.0
    )
    lines = last_lines(config, Budget(minutes=20))
    assert len(lines) > 2
    assert max(map(len, lines)) <= 80
