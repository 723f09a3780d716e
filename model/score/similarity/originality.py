"""Originality: which tunes repeat one another, and what they have in common with a training split."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from tuneloom.model.score.similarity.common_runs import longest_common_runs, longest_runs
from tuneloom.model.score.similarity.nearest import nearest_tunes, step_numbers
from tuneloom.model.score.statistics.rate import Rate
from tuneloom.model.score.tunes.analysis import AnalysedTune
from tuneloom.model.score.tunes.features import TuneFeatures, text_after_key

__all__ = [
    "Originality",
    "Quantiles",
    "TrainingOverlap",
    "first_copies",
    "originality",
    "training_overlaps",
]


@dataclass(frozen=True, slots=True)
class TrainingOverlap:
    """What one tune shares with the training split.

    `copy`: its canonical text or all that sounds of it is a training tune's. `characters`: the longest
    common run below the header. `notes`: the longest common run of melodic steps, each an interval and a
    ratio of durations, so that key and unit note length play no part; counted in notes, one more than
    steps. `nearest`: the melody id of the training tune with the highest similarity (`nearest.nearest`).
    """

    copy: bool
    characters: int
    notes: int
    nearest: str
    similarity: float


@dataclass(frozen=True, slots=True)
class Quantiles:
    """A figure over tunes: its median, the value that 95% do not exceed, and the largest."""

    median: float
    p95: float
    most: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Quantiles | None:
        """The spread of values, None if there are none."""
        if not values:
            return None
        middle, high = np.quantile(values, [0.5, 0.95]).tolist()
        return cls(middle, high, float(max(values)))

    def to_json(self) -> dict[str, float]:
        return {name: round(getattr(self, name), 3) for name in ("median", "p95", "most")}


@dataclass(frozen=True, slots=True)
class Originality:
    """`duplicates` counts tunes that repeat an earlier one of their file, by canonical text or melody.

    The others need a data set and are None without: `copies`, of the parseable tunes, and the spread
    over these of the figures that `Kinship` explains.
    """

    duplicates: Rate
    copies: Rate | None = None
    characters: Quantiles | None = None
    notes: Quantiles | None = None
    similarity: Quantiles | None = None

    def to_json(self) -> dict[str, Any]:
        parts = {name: getattr(self, name) for name in self.__slots__}
        return {name: part and part.to_json() for name, part in parts.items()}


def first_copies(studies: Sequence[AnalysedTune]) -> list[int | None]:
    """For each tune the index of the first one that it repeats, by canonical text or by melody."""
    first: dict[tuple[str, str], int] = {}
    found: list[int | None] = []
    for index, study in enumerate(studies):
        names = [("text", study.text)]
        if study.features:
            names.append(("melody", study.features.id))
        before = [first[name] for name in names if name in first]
        found.append(min(before, default=None))
        for name in names:
            first.setdefault(name, index)
    return found


def training_overlaps(
    musics: Sequence[TuneFeatures], training: Sequence[TuneFeatures]
) -> list[TrainingOverlap]:
    """Compare tunes with training tunes, in order. No training tune, no kinship: an empty list."""
    if not training:
        return []
    known: dict[str, int] = {}
    theirs = step_numbers([music.steps for music in training], known)
    ours = step_numbers([music.steps for music in musics], known)
    texts = {music.text for music in training}
    ids = {music.id for music in training}
    indices, similarities = nearest_tunes(ours, theirs)
    return [
        TrainingOverlap(
            copy=music.id in ids or music.text in texts,
            characters=characters,
            notes=steps + 1,
            nearest=training[index].id,
            similarity=similarity,
        )
        for music, characters, steps, index, similarity in zip(
            musics,
            longest_common_runs(
                *([text_after_key(m.text) for m in each] for each in (musics, training))
            ),
            longest_runs(ours, theirs).tolist(),
            indices.tolist(),
            similarities.tolist(),
            strict=True,
        )
    ]


def originality(
    repeats: Sequence[int | None], kin: Sequence[TrainingOverlap] | None
) -> Originality:
    """Sum up; `kin` is None where no data set was given."""
    duplicates = Rate(sum(before is not None for before in repeats), len(repeats))
    if kin is None:
        return Originality(duplicates)
    return Originality(
        duplicates,
        Rate(sum(each.copy for each in kin), len(kin)),
        Quantiles.of([each.characters for each in kin]),
        Quantiles.of([each.notes for each in kin]),
        Quantiles.of([each.similarity for each in kin]),
    )
