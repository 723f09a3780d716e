"""A run at rest: all that its next step depends on, in one file that is whole or not there."""

from __future__ import annotations

import json
import zipfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from tuneloom.grammar.errors import RunFailed, UsageError
from tuneloom.model.runtime.atomic import replacing
from tuneloom.model.training.early_stopping import Best
from tuneloom.model.training.schedule import Place
from tuneloom.model.training.step import Learner

__all__ = ["restore", "save"]


def save(path: Path, learner: Learner, place: Place, best: Best) -> None:
    """Write a checkpoint; RunFailed, and the one before it stays, if a weight is not finite."""
    arrays: dict[str, Any] = {
        name: variable.numpy() for name, variable in learner.variables().items()
    }
    if not all(np.isfinite(array).all() for array in arrays.values()):
        raise RunFailed(
            f"weights that are not finite at step {place.step}; the last good checkpoint stays: "
            "train again with a lower learning rate"
        )
    with replacing(path) as beside:
        np.savez(beside, place=_to_json(place), best=_to_json(best), **arrays)


def restore(path: Path, learner: Learner) -> tuple[Place, Best]:
    """Set a learner to a checkpoint; UsageError if there is none, it cannot be read or does not fit."""
    if not path.exists():
        raise UsageError(
            f"{path.parent}: no checkpoint yet to resume; a run writes one each minute"
        )
    try:
        with np.load(path) as arrays:
            for name, variable in learner.variables().items():
                variable.assign(arrays[name])
            place, best = (json.loads(str(arrays[name])) for name in ("place", "best"))
            return Place(**place), Best(**best)
    except (OSError, EOFError, ValueError, KeyError, TypeError, zipfile.BadZipFile) as error:
        raise UsageError(f"{path}: cannot be resumed ({error}); train again") from error


def _to_json(value: Place | Best) -> Any:
    return np.array(json.dumps(asdict(value)))
