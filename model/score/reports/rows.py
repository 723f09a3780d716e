"""A score tune by tune, as a pandas table; loaded only where one is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from tuneloom.grammar.checking.levels import CHECKED_LEVELS
from tuneloom.model.score.reports.report import Score, TuneScore

__all__ = ["COLUMNS", "rows_of"]

_KIN = ("copy", "characters", "notes", "nearest", "similarity")
COLUMNS = (
    "tune", *CHECKED_LEVELS, "playable", "errors", "bars", "full_bars", "repeats", *_KIN, "id",
    "pitch_range", "on_tonic", "repeated_sections",
)  # fmt: skip


def rows_of(score: Score) -> pd.DataFrame:
    """One row for each tune of the file in order, numbered from 1; what was not measured is missing.

    `errors` are codes parted by blanks, `repeats` is the number of the first tune that this one repeats,
    `id` its melody id, and `copy` to `similarity` are those of `model.score.novelty.Kinship`.
    """
    rows = [_row(number, tune) for number, tune in enumerate(score.tunes, start=1)]
    # Whole numbers stay whole beside missing ones.
    return pd.DataFrame(rows, columns=list(COLUMNS)).convert_dtypes()


def _row(number: int, tune: TuneScore) -> Mapping[str, Any]:
    verdict, music, kin = tune.study.verdict, tune.study.features, tune.kin
    row: dict[str, Any] = {
        "tune": number,
        **{level: level in verdict.levels for level in CHECKED_LEVELS},
        "playable": tune.playable,
        "errors": " ".join(verdict.errors),
        "bars": verdict.bars,
        "full_bars": verdict.full_bars,
        "repeats": None if tune.repeats is None else tune.repeats + 1,
    }
    if kin:
        row |= {name: getattr(kin, name) for name in _KIN}
    if music:
        row |= {
            "id": music.id,
            "pitch_range": music.pitch_range,
            "on_tonic": music.on_tonic,
            "repeated_sections": music.repeats,
        }
    return row
