"""The figures of real tunes, to which those of a file are compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tuneloom.model.score.figures.figure import MeasuredTunes
from tuneloom.model.score.reports.report import AsFoundRates, Reference
from tuneloom.model.score.reports.tally import tally_tunes
from tuneloom.model.score.similarity.duplicates import first_copies
from tuneloom.model.score.similarity.training_overlap import training_overlaps
from tuneloom.model.score.statistics.subsample import fixed_sample
from tuneloom.model.score.tunes.analysis import AnalysedTune, analyse_tunes, features_of_texts
from tuneloom.model.score.tunes.features import TuneFeatures
from tuneloom.model.score.tunes.tune_set import DrawnText
from tuneloom.pipeline.dataset.manifest import Manifest
from tuneloom.pipeline.dataset.reader import read_records

__all__ = ["ReferenceTunes", "measure_reference", "read_reference_tunes"]


@dataclass(frozen=True, slots=True)
class ReferenceTunes:
    """What the score needs of a data set: its validation split, analysed, and its training split."""

    validation: Sequence[AnalysedTune]
    training: Sequence[TuneFeatures]
    as_found: AsFoundRates

    @property
    def validation_features(self) -> list[TuneFeatures]:
        return [tune.features for tune in self.validation if tune.features]


def read_reference_tunes(dataset: Path, workers: int = 1) -> ReferenceTunes:
    """Read a data set, judging its validation split as if it had been drawn.

    For `workers` see `analyse_tunes`.

    Raises:
        UsageError: the directory has no finished data set.
    """
    manifest = Manifest.load(dataset)
    validation = [
        DrawnText(record.abc.rstrip("\n")) for record in read_records(dataset, "validation")
    ]
    training = [record.abc for record in read_records(dataset, "train")]
    return ReferenceTunes(
        validation=analyse_tunes(validation, workers),
        training=[each for each in features_of_texts(training, manifest.profile, workers) if each],
        as_found=AsFoundRates.of(manifest.as_found.values()),
    )


def measure_reference(real: ReferenceTunes, size: int) -> Reference:
    """The figures of the validation split; likeness is measured with `size` training tunes."""
    features = real.validation_features
    measured = MeasuredTunes(
        tunes=real.validation,
        first_copies=first_copies(real.validation),
        overlaps=training_overlaps(features, real.training),
        sample=fixed_sample(real.training, size),
        real=features,
    )
    return Reference(tally_tunes(measured), real.as_found)
