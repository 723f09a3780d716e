"""How many bars the line has."""

from __future__ import annotations

import numpy as np

from tuneloom.model.aids.reading.aid import Aid
from tuneloom.model.aids.reading.aid_columns import AidColumns
from tuneloom.model.aids.reading.tunes_read import TunesRead
from tuneloom.model.data.vocabulary import Vocabulary

__all__ = ["LineBars"]

_NO_TOKEN = -1


class LineBars(Aid):
    """The bars that ended on this line, modulo 8."""

    feature_sizes = (8,)

    def begin(self, rows: int, vocabulary: Vocabulary) -> None:
        self._before = np.zeros(rows, np.int32)  # the bars of the tune before this line
        self._line_feed = vocabulary.characters.find("\n") + 1 or _NO_TOKEN

    def write(self, tunes: TunesRead, columns: AidColumns) -> None:
        bars = tunes.clock.bar
        self._before[tunes.begun] = 0
        np.copyto(self._before, bars, where=tunes.tokens == self._line_feed)
        columns.features[0] = (bars - self._before) & 7
