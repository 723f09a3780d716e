"""Tunes of a data set to compare others with: its validation split, and draws from a Markov model."""

from __future__ import annotations

from typing import Literal

from tuneloom.model.score.reports.reference import ReferenceTunes
from tuneloom.model.score.tunes.collections import NamedTuneSet
from tuneloom.model.score.tunes.markov import ORDER, markov_tunes
from tuneloom.model.score.tunes.tune_set import TuneSet

__all__ = ["ReferenceSet", "reference_set"]

ReferenceSet = Literal["validation", "markov"]

_MARKOV_TUNES = 1000


def reference_set(kind: ReferenceSet, real: ReferenceTunes) -> NamedTuneSet:
    """The validation split, or 1,000 draws from the Markov model (`tunes.markov`)."""
    if kind == "validation":
        tunes = tuple(each.tune for each in real.validation)
        return NamedTuneSet("validation", TuneSet(tunes, len(tunes)))
    texts = [tune.text for tune in real.training]
    draws = tuple(markov_tunes(texts, _MARKOV_TUNES))
    return NamedTuneSet(f"markov, {ORDER} chars", TuneSet(draws, _MARKOV_TUNES))
