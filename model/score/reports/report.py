"""The score of a file as values, and as the JSON object that other programs read."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from tuneloom.corpus.record import ValidityCounts
from tuneloom.grammar.checking.levels import CHECKED_LEVELS
from tuneloom.grammar.diagnostics.diagnostic import Diagnostic
from tuneloom.model.score.reports.tally import Tally
from tuneloom.model.score.similarity.training_overlap import TrainingOverlap
from tuneloom.model.score.statistics.rate import Rate
from tuneloom.model.score.tunes.analysis import AnalysedTune

__all__ = ["AsFoundRates", "Reference", "Score", "TuneScore"]


@dataclass(frozen=True, slots=True)
class AsFoundRates:
    """The validity of the tunes from which a data set was made, before and after safe repairs."""

    levels: Mapping[str, Rate]
    parseable_repaired: Rate

    @classmethod
    def of(cls, rows: Collection[ValidityCounts]) -> AsFoundRates:
        """The rates of all sources of a data set together."""
        read = sum(row.read for row in rows)
        return cls(
            levels={
                level: Rate(sum(row.levels[level] for row in rows), read)
                for level in CHECKED_LEVELS
            },
            parseable_repaired=Rate(sum(row.parseable_repaired for row in rows), read),
        )

    def to_json(self) -> dict[str, Any]:
        """The figures as JSON."""
        return {
            "tunes": self.parseable_repaired.total,
            **{level: rate.to_json() for level, rate in self.levels.items()},
            "parseable_repaired": self.parseable_repaired.to_json(),
        }


@dataclass(frozen=True, slots=True)
class Reference:
    """The same figures for real tunes: a validation split, and the sources of the data set as found.

    The split alone would look too good, as its tunes were admitted by the same grammar. Its originality is
    what it shares with the training split. Its likeness is its distance from as many training tunes as tunes
    were scored, which is how much two samples of real tunes differ.
    """

    validation: Tally
    as_found: AsFoundRates

    def to_json(self) -> dict[str, Any]:
        """The figures as JSON."""
        return {**self.validation.to_json(), "as_found": self.as_found.to_json()}


@dataclass(frozen=True, slots=True)
class TuneScore:
    """One tune of a file.

    `first_copy` is the index of the earlier tune that it repeats. `overlap` is None without a data set, or
    without a note; `playable` is None for a tune that was not played.
    """

    tune: AnalysedTune
    first_copy: int | None = None
    overlap: TrainingOverlap | None = None
    playable: bool | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Score:
    """The score of a file, that of real tunes if a data set was given, and that of each tune.

    Requested tunes that are missing from the file count in `tally` but are not among `tunes`. `orphans` has
    what is wrong with music of the file that belongs to no tune, `faults` what is wrong with rows of a table
    that count as not parseable.
    """

    tally: Tally
    reference: Reference | None = None
    tunes: tuple[TuneScore, ...] = ()
    orphans: tuple[Diagnostic, ...] = ()
    faults: tuple[str, ...] = ()

    def __repr__(self) -> str:
        """Short, since a notebook keeps it beside the tables."""
        from tuneloom.model.score.reports.score_tables import parseable_line

        return f"<Score: {parseable_line(self.tally.parseable)}>"

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        from tuneloom.model.score.reports.score_tables import score_html

        return score_html(self)

    def to_json(self) -> dict[str, Any]:
        """The figures as JSON."""
        reference = self.reference.to_json() if self.reference else None
        return {**self.tally.to_json(), "reference": reference}
