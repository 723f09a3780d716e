"""Figures of structure: bars and phrases that return within a tune, and how alike its rhythms are.

Bars are compared by all that sounds in them, in their own key and octave. Repeat signs make no bar repeated,
except for the form, which is that of the tune as played.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from tuneloom.model.score.figures.figure import Figure, MeasuredTunes
from tuneloom.model.score.music.phrase_form import phrase_form
from tuneloom.model.score.statistics.clustered_rate import ClusteredRate
from tuneloom.model.score.statistics.mean import Mean
from tuneloom.model.score.statistics.rate import Rate

__all__ = [
    "FORM_AABB", "GROOVE", "REPEATED_BARS", "REPEATED_PAIRS", "REPEATED_PHRASES", "TUNES_REPEATING",
    "FormRate",
]  # fmt: skip

_FORMS_SHOWN = 10


def _earlier(items: Sequence[Hashable]) -> tuple[int, int]:
    """How many of the items are there earlier in the row, and how many there are."""
    return len(items) - len(set(items)), len(items)


def _repeated_bars(measured: MeasuredTunes) -> ClusteredRate:
    return ClusteredRate.of(_earlier(tune.written_bars) for tune in measured.features)


def _repeated_pairs(measured: MeasuredTunes) -> ClusteredRate:
    return ClusteredRate.of(
        _earlier(list(pairwise(tune.written_bars))) for tune in measured.features
    )


def _tunes_repeating(measured: MeasuredTunes) -> Rate:
    repeating = [_earlier(tune.written_bars)[0] > 0 for tune in measured.features]
    return Rate(sum(repeating), len(repeating))


@dataclass(frozen=True, slots=True)
class FormRate(Rate):
    """The share of tunes of one form, and in JSON how many tunes have each of the commonest forms."""

    forms: tuple[tuple[str, int], ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {**Rate.to_json(self), "commonest": dict(self.forms)}


def _forms(measured: MeasuredTunes) -> list[str]:
    return [form for tune in measured.features if (form := phrase_form(tune.played_bars))]


def _aabb(measured: MeasuredTunes) -> FormRate:
    forms = Counter(_forms(measured))
    commonest = sorted(forms.items(), key=lambda each: (-each[1], each[0]))[:_FORMS_SHOWN]
    return FormRate(forms["AABB"], forms.total(), tuple(commonest))


def _repeated_phrases(measured: MeasuredTunes) -> ClusteredRate:
    return ClusteredRate.of(_earlier(form) for form in _forms(measured))


def _groove(measured: MeasuredTunes) -> Mean | None:
    return Mean.of([tune.groove for tune in measured.features if tune.groove is not None])


REPEATED_BARS = Figure.with_interval("repeated bars, %", "repeated bars, %", _repeated_bars)
REPEATED_PAIRS = Figure.with_interval(
    "repeated pairs of bars, %", "repeated pairs, %", _repeated_pairs
)
TUNES_REPEATING = Figure.with_interval(
    "tunes with a repeated bar, %", "tunes with any, %", _tunes_repeating
)
REPEATED_PHRASES = Figure.with_interval(
    "repeated phrases, played, %", "repeated phrases, %", _repeated_phrases
)
FORM_AABB = Figure.with_interval("form AABB, % of tunes", "form AABB, %", _aabb)
GROOVE = Figure.with_interval("groove consistency, 0–1", "groove, 0–1", _groove, digits=3)
