"""`tuneloom train`: trains a character LSTM within a budget of time, epochs or steps."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tuneloom.cli.command import command, dataset_argument, path_type, seed_option
from tuneloom.cli.network.training_bar import TrainingBar
from tuneloom.grammar.errors import UsageError
from tuneloom.model.network.catalogue import ARCHITECTURES

if TYPE_CHECKING:
    from tuneloom.grammar.diagnostics.diagnostic import Level
    from tuneloom.model.training.trainer import Trainer, TrainingStatus

__all__ = ["train_command"]

_DEFAULT_MINUTES = 20.0


@command(
    "train",
    "tuneloom train data/folk --run runs/first",
    "tuneloom train data/folk --run runs/first --minutes 60 --level metrical",
    "tuneloom train data/folk --run runs/first --minutes 60 --resume",
)
@dataset_argument
@click.option(
    "--run",
    metavar="RUN",
    type=path_type(),
    required=True,
    help="The directory to write, such as runs/first.",
)
@click.option("--minutes", metavar="N", type=float, help="Minutes to train (default: 20).")
@click.option("--epochs", metavar="N", type=float, help="Epochs to train, instead of --minutes.")
@click.option("--steps", metavar="N", type=int, help="Steps to train, instead of --minutes.")
@click.option(
    "--level",
    type=click.Choice(["parseable", "strict", "sound", "metrical"]),
    default="parseable",
    help="Train on the tunes that reach this level of validity.",
)
@click.option(
    "--architecture",
    type=click.Choice(ARCHITECTURES.names),
    default="lstm",
    help="The kind of network.",
)
@seed_option("Sets the initial weights and the order of the tunes.")
@click.option("--resume", is_flag=True, help="Continue the run from its last checkpoint.")
@click.option("--overwrite", is_flag=True, help="Replace the run if there is one.")
def train_command(
    data: Path,
    run: Path,
    minutes: float | None,
    epochs: float | None,
    steps: int | None,
    level: Level,
    architecture: str,
    seed: int,
    resume: bool,
    overwrite: bool,
) -> None:
    """Train a network on a data set.

    Training stops early if validation has not improved for a quarter of the steps taken. Ctrl-C saves a
    checkpoint and stops; --resume continues from it.
    """
    from tuneloom.model.training.schedule import Budget

    if resume and overwrite:
        raise UsageError("--resume and --overwrite cannot be combined")
    if minutes is None and epochs is None and steps is None:
        minutes = _DEFAULT_MINUTES
    budget = Budget(minutes, epochs, steps)
    with TrainingBar() as bar:
        from tuneloom.model.network.config import TrainingConfig
        from tuneloom.model.runtime.backend import has_gpu
        from tuneloom.model.runtime.threads import configure_threads
        from tuneloom.model.training.trainer import Trainer

        config = TrainingConfig.for_budget(minutes)
        config = replace(config, architecture=architecture, level=level, seed=seed)
        configure_threads(config.batch_size)
        if resume:
            trainer = Trainer.resume(data, run, budget)
        else:
            config = replace(config, layout="padded" if has_gpu() else "packed")
            trainer = Trainer.begin(data, run, config, budget, overwrite=overwrite)
        last = _fit(trainer, bar, run)
    click.echo(f"{run}: {_training_summary(last)}")


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
