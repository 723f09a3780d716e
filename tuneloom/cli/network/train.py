"""`tuneloom train`: a character LSTM from a data set, within a budget of time, epochs or steps."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tuneloom.cli.network.training_bar import TrainingBar
from tuneloom.grammar.errors import UsageError

if TYPE_CHECKING:
    from tuneloom.model.training.trainer import Progress, Training

__all__ = ["train"]

_DEFAULT_MINUTES = 20.0


class Trainable(Enum):
    """The levels that `--level` takes."""

    parseable = "parseable"
    strict = "strict"
    sound = "sound"
    metrical = "metrical"


def train(
    data: Annotated[Path, typer.Argument(metavar="DIR", help="A data set, as ingested.")],
    run: Annotated[Path, typer.Option(help="The directory of the run, such as runs/first.")],
    minutes: Annotated[float | None, typer.Option(help="Train so long; 20 unless told.")] = None,
    epochs: Annotated[float | None, typer.Option(help="Read the tunes so many times.")] = None,
    steps: Annotated[int | None, typer.Option(help="Take so many steps.")] = None,
    level: Annotated[
        Trainable, typer.Option(help="Learn from the tunes that reach this level of validity.")
    ] = Trainable.parseable,
    seed: Annotated[
        int, typer.Option(min=0, max=2**31 - 1, help="Decides first weights and order of tunes.")
    ] = 0,
    resume: Annotated[bool, typer.Option("--resume", help="Go on from the checkpoint.")] = False,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace the run that is there.")
    ] = False,
) -> None:
    """Train a network on a data set's training split. Ctrl-C saves and stops; --resume goes on.

    The run ends before its budget if validation has not got better for a quarter of its steps.
    """
    from tuneloom.model.training.schedule import Budget

    if resume and overwrite:
        raise UsageError("--resume goes on with a run, --overwrite replaces it: give one of them")
    if minutes is None and epochs is None and steps is None:
        minutes = _DEFAULT_MINUTES
    budget = Budget(minutes, epochs, steps)
    with TrainingBar() as bar:
        from tuneloom.model.network.config import Config
        from tuneloom.model.network.loss import deal_cores
        from tuneloom.model.runtime.backend import has_gpu
        from tuneloom.model.training.trainer import Training

        config = replace(Config.suited(minutes), seed=seed, level=level.value)
        deal_cores(config.lanes)
        if resume:
            training = Training.resume(data, run, budget)
        else:
            config = replace(config, rows=has_gpu())
            training = Training.begin(data, run, config, budget, overwrite=overwrite)
        last = _go(training, bar, run)
    typer.echo(f"{run}: {_summary(last)}")


def _go(training: Training, bar: TrainingBar, run: Path) -> Progress:
    try:
        return training.go(bar.show)
    except KeyboardInterrupt:
        typer.echo(f"{run}: stopped; --resume goes on from its last checkpoint", err=True)
        raise


def _summary(last: Progress) -> str:
    place = last.place
    validation = (
        "no validation split"
        if last.validation_bits is None
        else f"validation {last.validation_bits:.3f}"
    )
    return (
        f"{place.step:,} steps, {place.epochs:.1f} epochs, {place.characters:,} characters "
        f"in {place.seconds:.0f} s ({place.characters / place.seconds:,.0f} chars/s); "
        f"bits per character: training {last.bits:.3f}, {validation}"
    )
