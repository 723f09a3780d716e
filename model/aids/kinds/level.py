"""Whether all bars of the tune are right, as far as that is asked for."""

from __future__ import annotations

import numpy as np

from tuneloom.model.aids.reading.aid import Aid
from tuneloom.model.aids.reading.aid_columns import AidColumns
from tuneloom.model.aids.reading.tunes_read import TunesRead

__all__ = ["LevelAsked"]

_OTHER = 2  # one less where the tune is metrical


class LevelAsked(Aid):
    """Whether the tune is metrical, which does not follow from its text so far.

    While a network learns, it is told of each tune; whoever draws, asks for it (conditional training;
    Keskar et al., 2019). Nothing is said at the boundary, which one tune shares with another.
    """

    feature_sizes = (3,)

    def write(self, tunes: TunesRead, columns: AidColumns) -> None:
        np.subtract(_OTHER, tunes.metrical, out=columns.features[0], dtype=np.uint8)
        columns.features[0, tunes.begun] = 0
