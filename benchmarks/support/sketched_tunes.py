"""The tunes of `folk`, `nottingham` and `irish` as an ingestion takes them, with their sketches."""

from __future__ import annotations

from benchmarks.support.real_tunes import EXTRA_COLLECTIONS, all_real_tunes
from tuneloom.corpus.admit import admit
from tuneloom.corpus.record import Record
from tuneloom.corpus.sketch import TuneSketch

__all__ = ["sketched_tunes"]


def sketched_tunes(every: int = 1) -> dict[str, tuple[Record, TuneSketch]]:
    """Every `every`-th of the different tunes, by id; of duplicates the first."""
    found: dict[str, tuple[Record, TuneSketch]] = {}
    tunes = [raw for raw in all_real_tunes() if raw.source not in EXTRA_COLLECTIONS]
    for raw in tunes[::every]:
        outcome = admit(raw, "melody")
        if isinstance(outcome.result, Record) and outcome.sketch:
            found.setdefault(outcome.result.id, (outcome.result, outcome.sketch))
    return found
