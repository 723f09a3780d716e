"""Figures of tonality: where tunes end, and which pitches they use."""

from __future__ import annotations

from tuneloom.model.score.figures.per_tune import mean_of_tunes, share_of_tunes
from tuneloom.model.score.music.tonality import pitch_class_entropy, scale_consistency

__all__ = ["CLOSE_BY_STEP", "FINAL_ON_THE_TONIC", "PITCH_CLASS_ENTROPY", "SCALE_CONSISTENCY"]

FINAL_ON_THE_TONIC = share_of_tunes(
    "final on the tonic, %", "final on tonic, %", lambda tune: tune.on_tonic
)
CLOSE_BY_STEP = share_of_tunes(
    "… reached by a second, %",
    "… by a second, %",
    lambda tune: tune.on_tonic and tune.closes_by_step,
)
PITCH_CLASS_ENTROPY = mean_of_tunes(
    "pitch-class entropy, bits",
    "entropy, bits",
    lambda tune: pitch_class_entropy(tune.pitch_classes),
    2,
)
SCALE_CONSISTENCY = mean_of_tunes(
    "scale consistency, 0–1",
    "scale, 0–1",
    lambda tune: scale_consistency(tune.pitch_classes),
    3,
)
