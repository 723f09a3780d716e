"""Figures of tonality: where tunes end, and which pitches they use."""

from __future__ import annotations

from tuneloom.model.score.figures.figure import Figure, MeasuredTunes
from tuneloom.model.score.music.tonality import pitch_class_entropy, scale_consistency
from tuneloom.model.score.statistics.mean import Mean
from tuneloom.model.score.statistics.rate import Rate

__all__ = ["CLOSE_BY_STEP", "FINAL_ON_THE_TONIC", "PITCH_CLASS_ENTROPY", "SCALE_CONSISTENCY"]


def _finals_on_tonic(measured: MeasuredTunes) -> Rate:
    ends = [tune.on_tonic for tune in measured.features if tune.on_tonic is not None]
    return Rate(sum(ends), len(ends))


def _by_step(measured: MeasuredTunes) -> Rate:
    ends = [
        tune.on_tonic and tune.closes_by_step
        for tune in measured.features
        if tune.on_tonic is not None
    ]
    return Rate(sum(ends), len(ends))


def _entropy(measured: MeasuredTunes) -> Mean | None:
    return Mean.of([pitch_class_entropy(tune.pitch_classes) for tune in measured.features])


def _scale(measured: MeasuredTunes) -> Mean | None:
    return Mean.of([scale_consistency(tune.pitch_classes) for tune in measured.features])


FINAL_ON_THE_TONIC = Figure.with_interval(
    "final on the tonic, %", "final on tonic, %", _finals_on_tonic
)
CLOSE_BY_STEP = Figure.with_interval("… reached by a second, %", "… by a second, %", _by_step)
PITCH_CLASS_ENTROPY = Figure.with_interval(
    "pitch-class entropy, bits", "entropy, bits", _entropy, digits=2
)
SCALE_CONSISTENCY = Figure.with_interval("scale consistency, 0–1", "scale, 0–1", _scale, digits=3)
