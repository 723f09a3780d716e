"""`tuneloom train`: trains a network within a budget of time, epochs or steps."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tuneloom.cli.command import command, dataset_argument, path_type
from tuneloom.cli.network.setting_options import setting_options
from tuneloom.model.settings.sources import GivenSetting

if TYPE_CHECKING:
    from tuneloom.model.training.trainer import TrainingStatus

__all__ = ["train_command"]


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
    help="Begin with the network of this run, or with pretrained, to fine-tune it on other tunes.",
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
    from tuneloom.cli.network.training import train_run

    last = train_run(
        data,
        run,
        given,
        base=base,
        minutes=minutes,
        epochs=epochs,
        steps=steps,
        resume=resume,
        overwrite=overwrite,
    )
    click.echo(f"{run}: {_training_summary(last)}")


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
