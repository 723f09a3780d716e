"""Checkpoints: everything the next step depends on, in one file that is written atomically."""

from __future__ import annotations

import json
import zipfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from tuneloom.grammar.errors import RunFailed, UsageError
from tuneloom.model.runs.old_names import CHECKPOINT_ARRAYS, PROGRESS_FIELDS, renamed
from tuneloom.model.runs.progress import TrainingProgress
from tuneloom.model.runtime.atomic import atomic_output
from tuneloom.model.training.early_stopping import BestValidation
from tuneloom.model.training.step import TrainStep

__all__ = ["restore_checkpoint", "save_checkpoint"]


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
    try:
        with np.load(path) as file:
            arrays = renamed(file, CHECKPOINT_ARRAYS)
        for name, variable in train_step.variables().items():
            variable.assign(arrays[name])
        progress = renamed(json.loads(str(arrays["progress"])), PROGRESS_FIELDS)
        best = json.loads(str(arrays["best_validation"]))
        return TrainingProgress(**progress), BestValidation(**best)
    except (
        *(OSError, EOFError, ValueError, KeyError, TypeError, zipfile.BadZipFile),
        *(MemoryError, OverflowError, RecursionError),
    ) as error:
        raise UsageError(f"{path}: cannot be resumed ({error}); train again") from error


def _json_array(value: TrainingProgress | BestValidation) -> Any:
    return np.array(json.dumps(asdict(value)))
