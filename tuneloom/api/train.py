"""`tuneloom.train`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from tuneloom.api.inputs import PathInput, needs_extra

if TYPE_CHECKING:
    from tuneloom.model.runs.directory import RunDirectory

__all__ = ["train"]


@needs_extra("train")
def train(
    dataset: PathInput,
    run: PathInput,
    *,
    base: PathInput | None = None,
    minutes: float | None = None,
    epochs: float | None = None,
    steps: int | None = None,
    settings: Mapping[str, object] | None = None,
    resume: bool = False,
    overwrite: bool = False,
    progress: bool = True,
) -> RunDirectory:
    """Train a network on a data set, as `tuneloom train` does. Give one of `minutes`, `epochs` and `steps`.

    Args:
        dataset: A data set of `tuneloom.ingest`.
        run: The directory to write.
        base: Begin with the network of this run, to fine-tune it (`--from`).
        minutes: Minutes to train (default: 20).
        epochs: Epochs to train.
        steps: Steps to train.
        settings: Settings of the run by name, such as `{"units": 256}`: the fields of
            `tuneloom.model.network.config.TrainingConfig`.
        resume: Continue the run from its last checkpoint.
        overwrite: Replace the run if there is one.
        progress: Whether to show progress: a bar in a terminal and in a notebook, lines elsewhere.

    Returns:
        The run, which a notebook shows with its curves.

    Raises:
        UsageError: a setting is wrong, the data cannot be trained on, or `run` is not free.
        RunFailed: the loss is not a number, or a checkpoint cannot be written.
        KeyboardInterrupt: on Ctrl-C, after a checkpoint was saved.

    Example:
        >>> import tuneloom
        >>> small = {"units": 8}
        >>> run = tuneloom.train("data/mine", "runs/mine", steps=3, settings=small, progress=False)
        >>> run.name
        'mine'
    """
    from tuneloom.cli.network.setting_options import check_names
    from tuneloom.cli.network.training import train_run
    from tuneloom.model.network.config import TrainingConfig
    from tuneloom.model.runs.directory import RunDirectory
    from tuneloom.model.settings.sources import given_value

    given = {
        name: given_value(name, value, TrainingConfig) for name, value in (settings or {}).items()
    }
    for setting in given.values():
        check_names(setting)
    train_run(
        Path(dataset),
        Path(run),
        given,
        base=Path(base) if base else None,
        minutes=minutes,
        epochs=epochs,
        steps=steps,
        resume=resume,
        overwrite=overwrite,
        quiet=not progress,
    )
    return RunDirectory.open(Path(run))
