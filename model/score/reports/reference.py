"""The same figures for real tunes, without which a score says little."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tuneloom.grammar.checking.levels import CHECKED_LEVELS
from tuneloom.model.score.reports.report import AsFound, Rate, Reference
from tuneloom.model.score.similarity.originality import kinships, originality, repeated
from tuneloom.model.score.statistics.distances import likeness, sample
from tuneloom.model.score.statistics.tally import count
from tuneloom.model.score.tunes.music import Music
from tuneloom.model.score.tunes.study import Study, musics_of, study_tunes
from tuneloom.model.score.tunes.tunebooks import Draw
from tuneloom.pipeline.dataset.manifest import Manifest
from tuneloom.pipeline.dataset.reader import read_records

__all__ = ["RealTunes", "real_tunes", "reference_of"]


@dataclass(frozen=True, slots=True)
class RealTunes:
    """A data set as the score uses it: its validation split judged, and the music of its training split."""

    validation: Sequence[Study]
    training: Sequence[Music]
    as_found: AsFound

    @property
    def validation_music(self) -> list[Music]:
        return [study.music for study in self.validation if study.music]


def real_tunes(dataset: Path, workers: int = 1) -> RealTunes:
    """Read a data set, its validation split as if it had been drawn; for `workers` see `study_tunes`.

    Raises UsageError if the directory holds no finished data set.
    """
    manifest = Manifest.load(dataset)
    rows = manifest.as_found.values()
    read = sum(row.read for row in rows)
    validation = [Draw(record.abc.rstrip("\n")) for record in read_records(dataset, "validation")]
    training = [record.abc for record in read_records(dataset, "train")]
    return RealTunes(
        validation=study_tunes(validation, workers),
        training=[music for music in musics_of(training, manifest.profile, workers) if music],
        as_found=AsFound(
            levels={
                level: Rate(sum(row.levels[level] for row in rows), read)
                for level in CHECKED_LEVELS
            },
            parseable_repaired=Rate(sum(row.parseable_repaired for row in rows), read),
        ),
    )


def reference_of(real: RealTunes, size: int) -> Reference:
    """The figures of the validation split, its likeness measured with `size` training tunes."""
    music = real.validation_music
    return Reference(
        validation=count(study.verdict for study in real.validation),
        as_found=real.as_found,
        originality=originality(repeated(real.validation), kinships(music, real.training)),
        likeness=likeness(sample(real.training, size), music),
    )
