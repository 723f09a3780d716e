"""What tunes have in common with a training split."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tuneloom.model.score.similarity.common_runs import longest_common_runs, longest_runs
from tuneloom.model.score.similarity.nearest import nearest_tunes, step_numbers
from tuneloom.model.score.tunes.features import TuneFeatures, text_after_key

__all__ = ["TrainingOverlap", "training_overlaps"]


@dataclass(frozen=True, slots=True)
class TrainingOverlap:
    """What one tune shares with the training split.

    `copy`: its canonical text, or all that sounds of it, is that of a training tune, be it in another key,
    octave or note length, or with repeats written out (`music.fingerprints`). `characters`: the
    longest common run of characters after the header. `notes`: the longest common run of melodic steps,
    each an interval and a ratio of durations, so that key and unit note length do not matter; counted in
    notes, one more than steps. `nearest`: the melody id of the training tune with the highest similarity
    (`nearest.nearest_tunes`).
    """

    copy: bool
    characters: int
    notes: int
    nearest: str
    similarity: float


def training_overlaps(
    tunes: Sequence[TuneFeatures], training: Sequence[TuneFeatures]
) -> list[TrainingOverlap]:
    """Compare tunes with the training tunes, in order. Without training tunes the list is empty."""
    if not training:
        return []
    known: dict[str, int] = {}
    theirs = step_numbers([tune.steps for tune in training], known)
    ours = step_numbers([tune.steps for tune in tunes], known)
    texts = {tune.text for tune in training}
    ids = {tune.id for tune in training}
    prints = {each for tune in training for each in tune.fingerprints}
    runs = longest_common_runs(_bodies(tunes), _bodies(training)).tolist()
    step_runs = longest_runs(ours, theirs).tolist()
    indices, similarities = nearest_tunes(ours, theirs)
    return [
        TrainingOverlap(
            copy=tune.id in ids or tune.text in texts or not prints.isdisjoint(tune.fingerprints),
            characters=characters,
            notes=steps + 1,
            nearest=training[index].id,
            similarity=similarity,
        )
        for tune, characters, steps, index, similarity in zip(
            tunes, runs, step_runs, indices.tolist(), similarities.tolist(), strict=True
        )
    ]


def _bodies(tunes: Sequence[TuneFeatures]) -> list[str]:
    return [text_after_key(tune.text) for tune in tunes]
