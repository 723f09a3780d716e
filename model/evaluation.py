"""How well a trained network predicts the tunes that were kept from it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from model.data import read_tunes
from model.learner import bits_per_character
from model.rundir import RunDirectory
from pipeline.manifest import Manifest

__all__ = ["Evaluation", "evaluate"]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Bits per character over so many tunes; the end of a tune counts as a character."""

    bits: float
    tunes: int


def evaluate(path: Path, data: Path) -> Evaluation:
    """Measure the run at `path` on a data set's test split; UsageError if it cannot be read."""
    run = RunDirectory.open(path)
    tunes = read_tunes(data, Manifest.load(data), "test", run.vocabulary)
    return Evaluation(bits_per_character(run.network(), tunes, run.config), len(tunes))
