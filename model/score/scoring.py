"""A file of tunes -> its score."""

from __future__ import annotations

from pathlib import Path

from model.score.reference import reference_of
from model.score.report import Score
from model.score.tally import tally
from model.score.tunefile import read_tunes

__all__ = ["score_file"]


def score_file(path: Path, against: Path | None = None) -> Score:
    """Score the tunes of a file, beside those of the data set in `against` if one is given.

    Raises UsageError if the file holds no tunes, or the directory no finished data set.
    """
    file = read_tunes(Path(path))
    reference = reference_of(Path(against)) if against else None
    return Score(tally(file.tunes, file.asked), reference)
