"""From a file of tunes to its score."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tuneloom.model.score.figures.figure import MeasuredTunes
from tuneloom.model.score.reports.reference import (
    ReferenceTunes,
    measure_reference,
    read_reference_tunes,
)
from tuneloom.model.score.reports.report import Score, TuneScore
from tuneloom.model.score.reports.tally import tally_tunes
from tuneloom.model.score.similarity.duplicates import first_copies
from tuneloom.model.score.similarity.training_overlap import training_overlaps
from tuneloom.model.score.tunes.analysis import analyse_tunes
from tuneloom.model.score.tunes.playing import playable_sample
from tuneloom.model.score.tunes.tune_set import TuneSet, read_tunes

__all__ = ["score_file", "score_tunes"]


def score_file(
    path: Path,
    against: Path | None = None,
    playable: int = 0,
    workers: int = 1,
    column: str = "",
) -> Score:
    """Score the tunes of a file, with those of the data set in `against` for comparison if it is given.

    `column` is the column of tunes, if the file is a table; by default, its name tells.

    `playable` is how many of the parseable tunes to play, chosen at random but always the same. Playing, or
    more than one of the `workers`, starts processes: a script then needs the usual guard,
    `if __name__ == "__main__"`.

    Raises:
        UsageError: the file has no tunes, or the directory no finished data set.
        RunFailed: a process was lost.
    """
    tunes = read_tunes(Path(path), column)
    real = read_reference_tunes(Path(against), workers) if against else None
    return score_tunes(tunes, real, playable, workers)


def score_tunes(
    tune_set: TuneSet, real: ReferenceTunes | None = None, playable: int = 0, workers: int = 1
) -> Score:
    """Score tunes that have been read, as `score_file` does."""
    tunes = analyse_tunes(tune_set.tunes, workers)
    features = [tune.features for tune in tunes if tune.features]
    measured = MeasuredTunes(
        tunes=tunes,
        first_copies=first_copies(tunes),
        requested=tune_set.requested,
        overlaps=training_overlaps(features, real.training) if real else None,
        playable=playable_sample(tunes, playable) if playable else None,
        sample=features,
        real=real.validation_features if real else (),
    )
    return Score(
        tally=tally_tunes(measured),
        reference=measure_reference(real, len(features)) if real else None,
        tunes=tuple(_tune_scores(measured)),
        orphans=tune_set.orphans,
        faults=tune_set.faults,
    )


def _tune_scores(measured: MeasuredTunes) -> Iterator[TuneScore]:
    overlaps = iter(measured.overlaps or ())
    played = measured.playable or {}
    for index, (tune, first_copy) in enumerate(
        zip(measured.tunes, measured.first_copies, strict=True)
    ):
        overlap = next(overlaps, None) if tune.features else None
        yield TuneScore(tune, first_copy, overlap, played.get(index))
