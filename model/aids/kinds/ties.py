"""Whether a tie is open, and where it leads."""

from __future__ import annotations

import numpy as np

from tuneloom.model.aids.music.state_table import TIED
from tuneloom.model.aids.reading.aid import Aid
from tuneloom.model.aids.reading.aid_columns import AidColumns
from tuneloom.model.aids.reading.tunes_read import TunesRead

__all__ = ["Ties"]


class Ties(Aid):
    """Whether a tie may begin or is open, and a pointer to the letter of the note that ends it.

    The run of the candidate says where: after the tie itself, before the bar is over, or after a bar line.
    """

    feature_sizes = (TIED + 1,)
    pointers = 1

    def write(self, tunes: TunesRead, columns: AidColumns) -> None:
        is_open = tunes.ties == TIED
        columns.features[0] = tunes.ties
        np.multiply(tunes.letters, is_open, out=columns.candidates[0], casting="unsafe")
        columns.runs[0] = np.where(is_open, _RUNS.take(tunes.classes), 0)


_RUNS = np.array([1, 5, 3, 1], np.uint8)
"""By the class of the last character: after a bar line, a blank, any other."""
