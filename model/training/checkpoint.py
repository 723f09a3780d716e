"""Checkpoints: everything the next step depends on, in one file that is written atomically."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from tokenize import TokenError  # of the header of an array
from typing import Any

import numpy as np

from tuneloom.grammar.errors import RunFailed, UsageError
from tuneloom.model.network.stored_weights import BROKEN_WEIGHTS
from tuneloom.model.runs.old_names import CHECKPOINT_ARRAYS, PROGRESS_FIELDS, renamed
from tuneloom.model.runs.progress import TrainingProgress
from tuneloom.model.runtime.atomic import atomic_output
from tuneloom.model.training.early_stopping import BestValidation
from tuneloom.model.training.step import TrainStep
from tuneloom.pipeline.storage.field_types import check_field_types
from tuneloom.pipeline.storage.regular_files import check_regular

__all__ = ["restore_checkpoint", "save_checkpoint"]

_OVERHEAD = 100_000  # of an array, in bytes; what is known of the progress has fewer
_MOST = 2**53


def save_checkpoint(
    path: Path, train_step: TrainStep, progress: TrainingProgress, best: BestValidation
) -> None:
    """Write a checkpoint.

    Raises:
        RunFailed: a weight is not finite; the last checkpoint is kept.
    """
    arrays: dict[str, Any] = {
        name: variable.numpy() for name, variable in train_step.variables().items()
    }
    if not all(np.isfinite(array).all() for array in arrays.values()):
        raise RunFailed(
            f"weights that are not finite at step {progress.step}; the last good checkpoint is "
            "kept: train again with a lower learning rate"
        )
    facts = {"progress": _json_array(progress), "best_validation": _json_array(best)}
    with atomic_output(path) as temporary:
        np.savez(temporary, **facts, **arrays)


def restore_checkpoint(
    path: Path, train_step: TrainStep
) -> tuple[TrainingProgress, BestValidation]:
    """Set the variables of `train_step` to those of a checkpoint.

    Raises:
        UsageError: there is no checkpoint, or it cannot be read or does not fit.
    """
    if not path.exists():
        raise UsageError(
            f"{path.parent}: no checkpoint yet to resume; a run writes one each minute"
        )
    variables = train_step.variables()
    try:
        check_regular(path)
        _check_sizes(path, {f"{name}.npy": each.numpy().nbytes for name, each in variables.items()})
        with np.load(path) as file:
            arrays = renamed(file, CHECKPOINT_ARRAYS)
        facts = renamed(json.loads(str(arrays["progress"])), PROGRESS_FIELDS)
        progress = TrainingProgress(**facts)
        best = BestValidation(**json.loads(str(arrays["best_validation"])))
        _check_numbers(progress)
        _check_numbers(best)
        for name, variable in variables.items():
            variable.assign(arrays[name])
        return progress, best
    except (*BROKEN_WEIGHTS, TokenError) as error:
        reason = str(error).partition("\n")[0]
        raise UsageError(f"{path}: cannot be resumed ({reason:.200}); train again") from error


def _check_sizes(path: Path, sizes: Mapping[str, int]) -> None:
    """Raise ValueError if an array would take more memory than the variable that it is for."""
    with zipfile.ZipFile(path) as archive:
        for member in archive.infolist():
            if member.file_size > sizes.get(member.filename, 0) + _OVERHEAD:
                raise ValueError(f"{member.filename} is too large")


def _check_numbers(facts: TrainingProgress | BestValidation) -> None:
    """Raise TypeError or ValueError if a field holds no number, or one that cannot be counted to."""
    check_field_types(facts)
    for name, value in asdict(facts).items():
        if value is not None and not (name == "epoch_batches") <= value < _MOST:
            raise ValueError(f"{name} is {value}")


def _json_array(value: TrainingProgress | BestValidation) -> Any:
    return np.array(json.dumps(asdict(value)))
