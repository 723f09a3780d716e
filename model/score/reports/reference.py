"""The same figures for real tunes, without which a score says little."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tuneloom.grammar.checking.levels import CHECKED_LEVELS
from tuneloom.model.score.reports.report import AsFoundRates, Rate, Reference
from tuneloom.model.score.similarity.originality import first_copies, originality, training_overlaps
from tuneloom.model.score.statistics.distances import distribution_distances, fixed_sample
from tuneloom.model.score.statistics.tally import tally_verdicts
from tuneloom.model.score.tunes.analysis import AnalysedTune, analyse_tunes, features_of_texts
from tuneloom.model.score.tunes.features import TuneFeatures
from tuneloom.model.score.tunes.tune_set import DrawnText
from tuneloom.pipeline.dataset.manifest import Manifest
from tuneloom.pipeline.dataset.reader import read_records

__all__ = ["ReferenceTunes", "measure_reference", "read_reference_tunes"]


@dataclass(frozen=True, slots=True)
class ReferenceTunes:
    """A data set as the score uses it: its validation split judged, and the music of its training split."""

    validation: Sequence[AnalysedTune]
    training: Sequence[TuneFeatures]
    as_found: AsFoundRates

    @property
    def validation_music(self) -> list[TuneFeatures]:
        return [study.features for study in self.validation if study.features]


def read_reference_tunes(dataset: Path, workers: int = 1) -> ReferenceTunes:
    """Read a data set, its validation split as if it had been drawn; for `workers` see `study_tunes`.

    Raises UsageError if the directory holds no finished data set.
    """
    manifest = Manifest.load(dataset)
    rows = manifest.as_found.values()
    read = sum(row.read for row in rows)
    validation = [
        DrawnText(record.abc.rstrip("\n")) for record in read_records(dataset, "validation")
    ]
    training = [record.abc for record in read_records(dataset, "train")]
    return ReferenceTunes(
        validation=analyse_tunes(validation, workers),
        training=[
            music for music in features_of_texts(training, manifest.profile, workers) if music
        ],
        as_found=AsFoundRates(
            levels={
                level: Rate(sum(row.levels[level] for row in rows), read)
                for level in CHECKED_LEVELS
            },
            parseable_repaired=Rate(sum(row.parseable_repaired for row in rows), read),
        ),
    )


def measure_reference(real: ReferenceTunes, size: int) -> Reference:
    """The figures of the validation split, its likeness measured with `size` training tunes."""
    music = real.validation_music
    return Reference(
        validation=tally_verdicts(study.verdict for study in real.validation),
        as_found=real.as_found,
        originality=originality(
            first_copies(real.validation), training_overlaps(music, real.training)
        ),
        likeness=distribution_distances(fixed_sample(real.training, size), music),
    )
