"""What scoring found, as values, and as the one JSON object that other programs read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tuneloom.grammar.diagnostics.diagnostic import Level
from tuneloom.model.score.similarity.originality import Originality, TrainingOverlap
from tuneloom.model.score.statistics.distances import DistributionDistances
from tuneloom.model.score.statistics.rate import Rate
from tuneloom.model.score.tunes.analysis import AnalysedTune

__all__ = ["LEVELS", "AsFoundRates", "Rate", "Reference", "Score", "Tally", "TuneScore"]

LEVELS: tuple[Level, ...] = ("parseable", "strict", "sound", "metrical", "playable")


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of the tunes reach each level that was measured.

    `errors` counts tunes by what is wrong with them: each that is not parseable once, under the first
    thing, and each other one once under every rule that it breaks. `bars` has those of all tunes that
    last what their metre asks for, of all bars of parseable tunes that stand in a metre.
    """

    tunes: int
    levels: Mapping[Level, Rate]
    errors: Mapping[str, int] = field(default_factory=dict)
    bars: Rate | None = None

    @property
    def parseable(self) -> Rate:
        return self.levels["parseable"]

    def to_json(self) -> dict[str, Any]:
        """Every level of the design is a key; what was not measured is null."""
        measured = {level: rate.to_json() for level, rate in self.levels.items()}
        return {
            "tunes": self.tunes,
            **{level: measured.get(level) for level in LEVELS},
            "bars": self.bars and _bars_to_json(self.bars),
            "originality": None,
            "errors": dict(self.errors),
        }


def _bars_to_json(bars: Rate) -> dict[str, Any]:
    percent = bars.percent
    return {
        "count": bars.total,
        "full": bars.count,
        "percent": None if percent is None else round(percent, 2),
    }


@dataclass(frozen=True, slots=True)
class AsFoundRates:
    """What the grammar made of the tunes behind a data set, before and after safe repairs."""

    levels: Mapping[Level, Rate]
    parseable_repaired: Rate

    def to_json(self) -> dict[str, Any]:
        return {
            "tunes": self.parseable_repaired.total,
            **{level: rate.to_json() for level, rate in self.levels.items()},
            "parseable_repaired": self.parseable_repaired.to_json(),
        }


@dataclass(frozen=True, slots=True)
class Reference:
    """The same figures for real tunes: a validation split, and its sources as they were found.

    The split alone would flatter: this very grammar admitted its tunes. Its `originality` is what it
    has in common with the training split, and its `likeness` its distance from as many training tunes
    as tunes were scored: what two samples of real tunes differ by.
    """

    validation: Tally
    as_found: AsFoundRates
    originality: Originality | None = None
    likeness: DistributionDistances | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            **self.validation.to_json(),
            **_real_to_json(self.originality, self.likeness),
            "as_found": self.as_found.to_json(),
        }


@dataclass(frozen=True, slots=True)
class TuneScore:
    """One tune of a file. What was not measured is None, as is `kin` of a tune that has no music.

    `repeats` is the index of the first tune of the file that it repeats.
    """

    study: AnalysedTune
    repeats: int | None = None
    kin: TrainingOverlap | None = None
    playable: bool | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """The score of a file, beside that of real tunes where a data set was given, and of each tune.

    Draws that are missing from the file count in `tally`, and have no place in `tunes`.
    """

    tally: Tally
    reference: Reference | None = None
    originality: Originality | None = None
    likeness: DistributionDistances | None = None
    tunes: tuple[TuneScore, ...] = ()

    def to_json(self) -> dict[str, Any]:
        reference = self.reference.to_json() if self.reference else None
        return {
            **self.tally.to_json(),
            **_real_to_json(self.originality, self.likeness),
            "reference": reference,
        }


def _real_to_json(
    originality: Originality | None, likeness: DistributionDistances | None
) -> dict[str, Any]:
    return {
        "originality": originality and originality.to_json(),
        "likeness": likeness and likeness.to_json(),
    }
