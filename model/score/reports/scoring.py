"""A file of tunes -> its score."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from tuneloom.model.score.reports.reference import (
    ReferenceTunes,
    measure_reference,
    read_reference_tunes,
)
from tuneloom.model.score.reports.report import Rate, Score, Tally, TuneScore
from tuneloom.model.score.similarity.originality import (
    TrainingOverlap,
    first_copies,
    originality,
    training_overlaps,
)
from tuneloom.model.score.statistics.distances import distribution_distances
from tuneloom.model.score.statistics.tally import tally_verdicts
from tuneloom.model.score.tunes.analysis import AnalysedTune, analyse_tunes
from tuneloom.model.score.tunes.playing import playable_sample
from tuneloom.model.score.tunes.tune_set import TuneSet, read_tunes

__all__ = ["score_file", "score_tunes"]


def score_file(
    path: Path, against: Path | None = None, playable: int = 0, workers: int = 1
) -> Score:
    """Score the tunes of a file, beside those of the data set in `against` if one is given.

    `playable` is how many of the parseable tunes, chosen by chance but always the same, are played.
    More than one of the `workers` starts processes, and so does playing: a script then needs the usual
    guard, `if __name__ == "__main__"`.

    Raises UsageError if the file holds no tunes, or the directory no finished data set.
    """
    file = read_tunes(Path(path))
    real = read_reference_tunes(Path(against), workers) if against else None
    return score_tunes(file, real, playable, workers)


def score_tunes(
    file: TuneSet, real: ReferenceTunes | None = None, playable: int = 0, workers: int = 1
) -> Score:
    """Score tunes that were read, beside real ones that were read, as `score_file` does."""
    studies = analyse_tunes(file.tunes, workers)
    repeats = first_copies(studies)
    music = [study.features for study in studies if study.features]
    kin = training_overlaps(music, real.training) if real else None
    played = playable_sample(studies, playable) if playable else {}
    return Score(
        tally=_with_playable(tally_verdicts((s.verdict for s in studies), file.requested), played),
        reference=measure_reference(real, len(music)) if real else None,
        originality=originality(repeats, kin),
        likeness=distribution_distances(music, real.validation_music) if real else None,
        tunes=tuple(
            TuneScore(study, before, each, played.get(index))
            for index, (study, before, each) in enumerate(
                zip(studies, repeats, _in_place(studies, kin), strict=True)
            )
        ),
    )


def _in_place(
    studies: Sequence[AnalysedTune], kin: Sequence[TrainingOverlap] | None
) -> Iterator[TrainingOverlap | None]:
    """The kinship of each tune; tunes without music have none."""
    left = iter(kin or ())
    for study in studies:
        yield next(left, None) if study.features else None


def _with_playable(tally: Tally, played: dict[int, bool]) -> Tally:
    if not played:
        return tally
    rate = Rate(sum(played.values()), len(played))
    return replace(tally, levels={**tally.levels, "playable": rate})
