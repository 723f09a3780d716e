"""Figures of originality: copies, and what tunes share with the training split."""

from __future__ import annotations

from collections.abc import Callable

from tuneloom.model.score.figures.figure import Figure, MeasuredTunes
from tuneloom.model.score.similarity.training_overlap import TrainingOverlap
from tuneloom.model.score.statistics.quantiles import Quantiles
from tuneloom.model.score.statistics.rate import Rate

__all__ = [
    "COMMON_CHARACTERS", "COMMON_NOTES", "COPIES", "DUPLICATES", "NEAREST_SIMILARITY",
]  # fmt: skip


def _duplicates(measured: MeasuredTunes) -> Rate:
    copies = measured.first_copies
    return Rate(sum(first is not None for first in copies), len(copies))


def _copies(measured: MeasuredTunes) -> Rate | None:
    if measured.overlaps is None:
        return None
    return Rate(sum(overlap.copy for overlap in measured.overlaps), len(measured.overlaps))


def _quantiles(
    value: Callable[[TrainingOverlap], float],
) -> Callable[[MeasuredTunes], Quantiles | None]:
    return lambda measured: Quantiles.of([value(overlap) for overlap in measured.overlaps or ()])


DUPLICATES = Figure("duplicates", _duplicates, comparison_label="duplicates, %", better="low")
COPIES = Figure("training tunes", _copies, comparison_label="training tunes, %", better="low")
COMMON_CHARACTERS = Figure(
    "longest run, characters (median, 95%, max)",
    _quantiles(lambda overlap: overlap.characters),
    digits=0,
)
COMMON_NOTES = Figure(
    "longest run, notes (median, 95%, max)",
    _quantiles(lambda overlap: overlap.notes),
    digits=0,
    comparison_label="longest run, notes",
)
NEAREST_SIMILARITY = Figure(
    "nearest training tune (median, 95%, max)",
    _quantiles(lambda overlap: overlap.similarity),
    digits=2,
    comparison_label="nearest tune, 0–1",
)
