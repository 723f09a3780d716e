"""Training a run with the settings that were given, and the others as they suit the budget and the device."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tuneloom.cli.network.run_summary import run_summary
from tuneloom.cli.network.training_bar import TrainingBar
from tuneloom.grammar.errors import UsageError
from tuneloom.model.network.catalogue import ARCHITECTURES
from tuneloom.model.network.config import TrainingConfig
from tuneloom.model.settings.sources import GivenSetting, first_other_value

if TYPE_CHECKING:
    from tuneloom.model.runs.directory import RunDirectory
    from tuneloom.model.training.trainer import TrainingStatus

__all__ = ["train_run"]

_DEFAULT_MINUTES = 20.0


def train_run(
    data: Path,
    run: Path,
    given: Mapping[str, GivenSetting],
    *,
    base: Path | None = None,
    minutes: float | None = None,
    epochs: float | None = None,
    steps: int | None = None,
    resume: bool = False,
    overwrite: bool = False,
    quiet: bool = False,
) -> TrainingStatus:
    """Train until the budget is spent, and show the progress unless `quiet`.

    Raises:
        UsageError: what is asked for contradicts itself, or cannot be done.
        RunFailed: the run failed midway.
        KeyboardInterrupt: on Ctrl-C, after a checkpoint; what to do then is said on standard error.
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
    with TrainingBar(quiet=quiet) as bar:
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
            try:
                return trainer.fit(bar.show)
            except KeyboardInterrupt:
                bar.tell(f"{run}: stopped; --resume continues from its last checkpoint")
                raise


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
