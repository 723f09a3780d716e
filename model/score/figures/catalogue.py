"""Every figure of the score, in the order of tables and JSON.

The name of a figure is its place in the JSON: `parseable` is a key of the score, and `likeness.bars` the key
`bars` of its object `likeness`. Each of these objects is a table of `score`.

A figure of your own is one call, `FIGURES.register("melody.steps", Figure(...))`. From then on it is
measured by every score, and shown by `score`, its JSON and `compare`.
"""

from __future__ import annotations

from tuneloom.grammar.checking.levels import CHECKED_LEVELS
from tuneloom.grammar.registry import Registry
from tuneloom.model.score.figures import (
    likeness,
    originality,
    structure,
    tonality,
    validity,
)
from tuneloom.model.score.figures.figure import Figure

__all__ = ["FIGURES", "figure_sections"]

FIGURES: Registry[Figure] = Registry("figure")

for level in CHECKED_LEVELS:
    FIGURES.register(level, validity.level_figure(level))
FIGURES.register("playable", validity.PLAYABLE)
FIGURES.register("bars", validity.FULL_BARS)

FIGURES.register("originality.duplicates", originality.DUPLICATES)
FIGURES.register("originality.copies", originality.COPIES)
FIGURES.register("originality.characters", originality.COMMON_CHARACTERS)
FIGURES.register("originality.notes", originality.COMMON_NOTES)
FIGURES.register("originality.similarity", originality.NEAREST_SIMILARITY)

FIGURES.register("structure.repeated_bars", structure.REPEATED_BARS)
FIGURES.register("structure.repeated_pairs", structure.REPEATED_PAIRS)
FIGURES.register("structure.tunes_repeating", structure.TUNES_REPEATING)
FIGURES.register("structure.repeated_phrases", structure.REPEATED_PHRASES)
FIGURES.register("structure.form", structure.FORM_AABB)
FIGURES.register("structure.groove_consistency", structure.GROOVE)

FIGURES.register("tonality.final_on_tonic", tonality.FINAL_ON_THE_TONIC)
FIGURES.register("tonality.close_by_step", tonality.CLOSE_BY_STEP)
FIGURES.register("tonality.pitch_class_entropy", tonality.PITCH_CLASS_ENTROPY)
FIGURES.register("tonality.scale_consistency", tonality.SCALE_CONSISTENCY)

FIGURES.register("likeness.pitch_range", likeness.PITCH_RANGE)
FIGURES.register("likeness.intervals", likeness.INTERVALS)
FIGURES.register("likeness.durations", likeness.DURATIONS)
FIGURES.register("likeness.bars", likeness.BARS)
FIGURES.register("likeness.final_on_tonic", likeness.FINAL_ON_TONIC)
FIGURES.register("likeness.repeats", likeness.REPEATS)


def figure_sections() -> dict[str, dict[str, Figure]]:
    """The figures by name, grouped by the first part of their names; those without one are in ``""``."""
    sections: dict[str, dict[str, Figure]] = {}
    for name, figure in FIGURES.items():
        sections.setdefault(name.rpartition(".")[0], {})[name] = figure
    return sections
