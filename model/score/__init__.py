"""Scoring tunes without TensorFlow: how many are valid, how original they are, and how like real ones."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tuneloom.model.score.reports.report import Reference as Reference
    from tuneloom.model.score.reports.report import Score as Score
    from tuneloom.model.score.reports.scoring import score_file as score_file
    from tuneloom.model.score.reports.tally import Tally as Tally
    from tuneloom.model.score.statistics.rate import Rate as Rate

_HOMES = {
    "Rate": "statistics.rate",
    "Reference": "reports.report",
    "Score": "reports.report",
    "Tally": "reports.tally",
    "score_file": "reports.scoring",
}

__all__ = ["Rate", "Reference", "Score", "Tally", "score_file"]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
