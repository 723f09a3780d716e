"""What followed the last characters when they were there before at the same time in a bar."""

from __future__ import annotations

import numpy as np

from tuneloom.model.aids.reading.aid import Aid
from tuneloom.model.aids.reading.aid_columns import AidColumns
from tuneloom.model.aids.reading.recent import Recent
from tuneloom.model.aids.reading.tunes_read import TunesRead
from tuneloom.model.data.vocabulary import Vocabulary

__all__ = ["PhaseEcho"]

_LEAST = (2, 4, 8)


class PhaseEcho(Aid):
    """Pointers as those of the echo, for 2, 4 and 8 characters after which the same time had elapsed."""

    pointers = len(_LEAST)

    def begin(self, rows: int, _: Vocabulary) -> None:
        self._times = Recent(rows, np.uint16)

    def write(self, tunes: TunesRead, columns: AidColumns) -> None:
        ticks = tunes.clock.ticks
        tunes.matches.latest(_LEAST, columns, among=(self._times, ticks))
        self._times.push(ticks)
