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
from tuneloom.model.score.figures.per_tune import mean_of_tunes, share_of_items, share_of_tunes
from tuneloom.model.score.music.phrase_form import phrase_form
from tuneloom.model.score.statistics.rate import Rate
from tuneloom.model.score.tunes.features import TuneFeatures

__all__ = [
    "FORM_AABB", "GROOVE", "REPEATED_BARS", "REPEATED_PAIRS", "REPEATED_PHRASES", "TUNES_REPEATING",
    "FormRate",
]  # fmt: skip

_FORMS_SHOWN = 10


def _earlier(items: Sequence[Hashable]) -> tuple[int, int]:
    """How many of the items are there earlier in the row, and how many there are."""
    return len(items) - len(set(items)), len(items)


def _repeated_pairs(tune: TuneFeatures) -> tuple[int, int]:
    return _earlier(list(pairwise(tune.written_bars)))


@dataclass(frozen=True, slots=True)
class FormRate(Rate):
    """The share of tunes of one form, and in JSON how many tunes have each of the commonest forms."""

    forms: tuple[tuple[str, int], ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {**Rate.to_json(self), "commonest": dict(self.forms)}


def _form(tune: TuneFeatures) -> str:
    return phrase_form(tune.played_bars)


def _aabb(measured: MeasuredTunes) -> FormRate:
    forms = Counter(form for tune in measured.features if (form := _form(tune)))
    commonest = sorted(forms.items(), key=lambda each: (-each[1], each[0]))[:_FORMS_SHOWN]
    return FormRate(forms["AABB"], forms.total(), tuple(commonest))


REPEATED_BARS = share_of_items(
    "repeated bars, %", "repeated bars, %", lambda tune: _earlier(tune.written_bars)
)
REPEATED_PAIRS = share_of_items("repeated pairs of bars, %", "repeated pairs, %", _repeated_pairs)
TUNES_REPEATING = share_of_tunes(
    "tunes with a repeated bar, %",
    "tunes with any, %",
    lambda tune: _earlier(tune.written_bars)[0] > 0,
)
REPEATED_PHRASES = share_of_items(
    "repeated phrases, played, %", "repeated phrases, %", lambda tune: _earlier(_form(tune))
)
FORM_AABB = Figure.with_interval(
    "form AABB, % of tunes", "form AABB, %", _aabb, of_tune=lambda tune: _form(tune) or None
)
GROOVE = mean_of_tunes("groove consistency, 0–1", "groove, 0–1", lambda tune: tune.groove, 3)
