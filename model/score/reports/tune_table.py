"""A score tune by tune, as a pandas table. Pandas is loaded only where this module is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from tuneloom.grammar.checking.levels import CHECKED_LEVELS
from tuneloom.model.score.figures.catalogue import FIGURES
from tuneloom.model.score.figures.figure import TuneValue
from tuneloom.model.score.reports.report import Score, TuneScore
from tuneloom.model.score.tunes.features import TuneFeatures

__all__ = ["tune_table"]

_OVERLAP = ("copy", "characters", "notes", "nearest", "similarity")
_COLUMNS = (
    "tune", *CHECKED_LEVELS, "playable", "errors", "bars", "full_bars", "repeats", *_OVERLAP, "id",
    "pitch_range", "repeated_sections",
)  # fmt: skip


def tune_table(score: Score) -> pd.DataFrame:
    """One row for each tune of the file, numbered from 1; what was not measured is missing.

    `errors` are codes separated by blanks, `repeats` is the number of the earlier tune that this one
    repeats, `id` its melody id, and `copy` to `similarity` are the fields of `TrainingOverlap`. The last
    columns are the figures that have a value for each tune, in their units: `structure.repeated_bars` is in
    percent, `structure.form` letters such as AABB.
    """
    figures = {name: figure.of_tune for name, figure in FIGURES.items() if figure.of_tune}
    rows = [
        {"tune": number, **_own_columns(tune), **_figure_columns(tune, figures)}
        for number, tune in enumerate(score.tunes, start=1)
    ]
    # Keeps integers beside missing values.
    return pd.DataFrame(rows, columns=[*_COLUMNS, *figures]).convert_dtypes()


def _own_columns(score: TuneScore) -> Mapping[str, Any]:
    verdict, features, overlap = score.tune.verdict, score.tune.features, score.overlap
    row: dict[str, Any] = {
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
            "repeated_sections": features.repeats,
        }
    return row


def _figure_columns(
    score: TuneScore, figures: Mapping[str, Callable[[TuneFeatures], TuneValue]]
) -> Mapping[str, TuneValue]:
    features = score.tune.features
    return {name: of_tune(features) for name, of_tune in figures.items()} if features else {}
