"""Which part of a repeat the music is in."""

from __future__ import annotations

import numpy as np

from tuneloom.model.aids.music.state_table import ENDING, REPEAT, REPEAT_END, SECTION
from tuneloom.model.aids.reading.aid import Aid
from tuneloom.model.aids.reading.aid_columns import AidColumns
from tuneloom.model.aids.reading.tunes_read import TunesRead
from tuneloom.model.data.vocabulary import Vocabulary

__all__ = ["Sections"]

_NOT_YET, _OPEN, _ENDED = range(3)
_ENDINGS = 4


class Sections(Aid):
    """Whether a repeat is open, has ended, or has not been written yet; and the number of the ending.

    The number is 0 outside of endings, and at most 3.
    """

    feature_sizes = (3, _ENDINGS)

    def begin(self, rows: int, vocabulary: Vocabulary) -> None:
        self._repeat = np.zeros(rows, np.uint8)
        self._ending = np.zeros(rows, np.uint8)
        self._characters = "\0" + vocabulary.characters  # by token

    def write(self, tunes: TunesRead, columns: AidColumns) -> None:
        self._repeat[tunes.begun] = _NOT_YET
        self._ending[tunes.begun] = 0
        rows, marks = tunes.marked, tunes.marks
        self._ending[rows[(marks & SECTION) != 0]] = 0
        self._repeat[rows[(marks & REPEAT_END) != 0]] = _ENDED
        self._repeat[rows[(marks & REPEAT) != 0]] = _OPEN
        for row in rows[(marks & ENDING) != 0].tolist():
            number = int(self._characters[tunes.tokens[row]])
            self._ending[row] = min(number, _ENDINGS - 1)
        columns.features[0] = self._repeat
        columns.features[1] = self._ending
