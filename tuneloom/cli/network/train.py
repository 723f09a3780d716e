"""`tuneloom train`: trains a network within a budget of time, epochs or steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tuneloom.cli.command import command, dataset_argument, path_type
from tuneloom.cli.network.run_summary import run_summary
from tuneloom.cli.network.setting_options import setting_options
from tuneloom.cli.network.training_bar import TrainingBar
from tuneloom.grammar.errors import UsageError
from tuneloom.model.network.catalogue import ARCHITECTURES
from tuneloom.model.network.config import TrainingConfig
from tuneloom.model.settings.sources import GivenSetting, first_other_value

if TYPE_CHECKING:
    from tuneloom.model.runs.directory import RunDirectory
    from tuneloom.model.training.trainer import Trainer, TrainingStatus

__all__ = ["train_command"]

_DEFAULT_MINUTES = 20.0


@command(
    "train",
    "tuneloom train data/folk --run runs/first",
    "tuneloom train data/folk --run runs/first --minutes 60 --level metrical",
    "tuneloom train data/folk --run runs/small --units 256 --set warmup=100",
    "tuneloom train data/folk --run runs/first --minutes 60 --resume",
    "tuneloom train data/jigs --run runs/jigs --from runs/first --minutes 5",
)
@dataset_argument
@click.option(
    "--run",
    metavar="RUN",
    type=path_type(),
    required=True,
    help="The directory to write, such as runs/first.",
)
@click.option(
    "--from",
    "base",
    metavar="RUN",
    type=path_type(),
    help="Begin with the network of this run, to fine-tune it on other tunes.",
)
@click.option("--minutes", metavar="N", type=float, help="Minutes to train (default: 20).")
@click.option("--epochs", metavar="N", type=float, help="Epochs to train, instead of --minutes.")
@click.option("--steps", metavar="N", type=int, help="Steps to train, instead of --minutes.")
@click.option("--resume", is_flag=True, help="Continue the run from its last checkpoint.")
@click.option("--overwrite", is_flag=True, help="Replace the run if there is one.")
@setting_options
def train_command(
    data: Path,
    run: Path,
    base: Path | None,
    minutes: float | None,
    epochs: float | None,
    steps: int | None,
    given: Mapping[str, GivenSetting],
    resume: bool,
    overwrite: bool,
) -> None:
    """Train a network on a data set.

    A run of less than 6 minutes is a short one, and has a smaller network by default. --config overrides
    the defaults, --set overrides --config, and an option for one setting overrides both. Ctrl-C saves a
    checkpoint and stops; --resume continues from it, with the settings of the run.
    """
    from tuneloom.model.runs.directory import RunDirectory
    from tuneloom.model.training.schedule import Budget

    if resume and (overwrite or base):
        other = "--overwrite" if overwrite else "--from"
        raise UsageError(f"--resume and {other} cannot be combined")
    if base and base.resolve() == run.resolve():
        raise UsageError(f"{run}: cannot be both the run of --from and the new one")
    if minutes is None and epochs is None and steps is None:
        minutes = _DEFAULT_MINUTES
    budget = Budget(minutes, epochs, steps)
    base_run = RunDirectory.open(base) if base else None
    config = _resumed_config(run, given) if resume else _new_config(minutes, base_run, given)
    with TrainingBar() as bar:
        from tuneloom.cli.network.device_defaults import with_device_defaults
        from tuneloom.model.runtime.devices import needs_memory
        from tuneloom.model.runtime.threads import configure_threads
        from tuneloom.model.training.trainer import Trainer

        configure_threads(config.batch_size)
        if not resume:
            _check_aids(config, given)
            config = with_device_defaults(config, given)
        with needs_memory(run):
            trainer = (
                Trainer.resume(data, run, budget)
                if resume
                else Trainer.begin(data, run, config, budget, base=base_run, overwrite=overwrite)
            )
            bar.tell(run_summary(trainer, budget, base_run, resumed=resume))
            last = _fit(trainer, bar, run)
    click.echo(f"{run}: {_training_summary(last)}")


def _new_config(
    minutes: float | None, base: RunDirectory | None, given: Mapping[str, GivenSetting]
) -> TrainingConfig:
    defaults = base.config.for_fine_tuning() if base else TrainingConfig.for_budget(minutes)
    values: dict[str, Any] = {name: setting.value for name, setting in given.items()}
    try:
        return replace(defaults, **values)
    except ValueError as error:  # each is right by itself
        raise UsageError(str(error)) from error


def _check_aids(config: TrainingConfig, given: Mapping[str, GivenSetting]) -> None:
    """Check that aids are not given to a network that reads none; it ignores the default ones."""
    read = ARCHITECTURES.find(config.architecture)().aids_of(config)
    if "aids" in given and config.aids not in (read, TrainingConfig().aids):
        raise UsageError(
            f"{given['aids'].origin}: the network {config.architecture} does not read these aids"
        )


def _resumed_config(run: Path, given: Mapping[str, GivenSetting]) -> TrainingConfig:
    from tuneloom.model.runs.directory import RunDirectory

    config = RunDirectory.open(run).config
    if other := first_other_value(config, given.values()):
        raise UsageError(
            f"{run}: {other.name} is {getattr(config, other.name)!r} in this run and "
            f"{other.value!r} in {other.origin}; --resume keeps the settings of a run"
        )
    return config


def _fit(trainer: Trainer, bar: TrainingBar, run: Path) -> TrainingStatus:
    try:
        return trainer.fit(bar.show)
    except KeyboardInterrupt:
        click.echo(f"{run}: stopped; --resume continues from its last checkpoint", err=True)
        raise


def _training_summary(last: TrainingStatus) -> str:
    progress = last.progress
    validation = (
        "no validation split"
        if last.validation_bits is None
        else f"validation {last.validation_bits:.3f}"
    )
    return (
        f"{progress.step:,} steps, {progress.epochs:.1f} epochs, {progress.characters:,} characters "
        f"in {progress.seconds:.0f} s ({progress.characters / progress.seconds:,.0f} chars/s); "
        f"bits per character: training {last.bits:.3f}, {validation}"
    )
