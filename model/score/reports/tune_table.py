"""A score tune by tune, as a pandas table. Pandas is loaded only where this module is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from tuneloom.grammar.checking.levels import CHECKED_LEVELS
from tuneloom.model.score.reports.report import Score, TuneScore

__all__ = ["COLUMNS", "tune_table"]

_OVERLAP = ("copy", "characters", "notes", "nearest", "similarity")
COLUMNS = (
    "tune", *CHECKED_LEVELS, "playable", "errors", "bars", "full_bars", "repeats", *_OVERLAP, "id",
    "pitch_range", "on_tonic", "repeated_sections",
)  # fmt: skip


def tune_table(score: Score) -> pd.DataFrame:
    """One row for each tune of the file, numbered from 1; what was not measured is missing.

    `errors` are codes separated by blanks, `repeats` is the number of the earlier tune that this one
    repeats, `id` its melody id, and `copy` to `similarity` are the fields of `TrainingOverlap`.
    """
    rows = [_tune_row(number, tune) for number, tune in enumerate(score.tunes, start=1)]
    # Keeps integers beside missing values.
    return pd.DataFrame(rows, columns=list(COLUMNS)).convert_dtypes()


def _tune_row(number: int, score: TuneScore) -> Mapping[str, Any]:
    verdict, features, overlap = score.tune.verdict, score.tune.features, score.overlap
    row: dict[str, Any] = {
        "tune": number,
        **{level: level in verdict.levels for level in CHECKED_LEVELS},
        "playable": score.playable,
        "errors": " ".join(verdict.errors),
        "bars": verdict.bars,
        "full_bars": verdict.full_bars,
        "repeats": None if score.first_copy is None else score.first_copy + 1,
    }
    if overlap:
        row |= {name: getattr(overlap, name) for name in _OVERLAP}
    if features:
        row |= {
            "id": features.id,
            "pitch_range": features.pitch_range,
            "on_tonic": features.on_tonic,
            "repeated_sections": features.repeats,
        }
    return row
