"""What the tune wrote at this time in the bar some bars ago."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tuneloom.model.aids.reading.aid import Aid
from tuneloom.model.aids.reading.aid_columns import AidColumns
from tuneloom.model.aids.reading.recent import Recent
from tuneloom.model.aids.reading.tunes_read import TunesRead
from tuneloom.model.data.vocabulary import Vocabulary

__all__ = ["Parallel"]

_BARS_AGO = (4, 8)
_BAR = 2**18  # what a bar counts in the number of a place, more than all that is in it
_MAX_HITS = 29
_FIRST_RUN = 2  # the run of a candidate before which none was right


class Parallel(Aid):
    """Pointers to what followed in the bar 4 and 8 bars ago, once as much of it had elapsed as of this one.

    Of several characters at this time it is the last of the same class: after a bar line, a blank, another.
    Their runs grow with the number of candidates that were right in succession.
    """

    pointers = len(_BARS_AGO)

    def begin(self, rows: int, _: Vocabulary) -> None:
        self._places = Recent(rows, np.int32)
        self._candidates = np.zeros((rows, self.pointers), np.int32)
        self._hits = np.zeros((rows, self.pointers), np.uint8)

    def write(self, tunes: TunesRead, columns: AidColumns) -> None:
        places = _numbered_places(tunes)
        self._count_hits(tunes)
        if len(tunes.begun):
            self._places.clear(tunes.begun)
        depth = tunes.matches.depth
        if depth:
            lags = np.empty((self.pointers, len(places)), np.int64)
            wanted = places - np.array(_BARS_AGO, np.int32)[:, None] * _BAR
            for pointer, place in enumerate(wanted):
                self._places.equal(place, depth).argmax(axis=1, out=lags[pointer])
            found = self._places.at(lags) == wanted
            np.multiply(tunes.matches.tokens.at(lags), found, out=columns.candidates)
            np.multiply(self._hits.T + np.uint8(_FIRST_RUN), found, out=columns.runs)
        self._candidates[:] = columns.candidates.T
        self._places.push(places)

    def _count_hits(self, tunes: TunesRead) -> None:
        """Whether the last candidates were right."""
        self._hits += 1
        self._hits *= self._candidates == tunes.tokens[:, None]
        np.minimum(self._hits, _MAX_HITS, out=self._hits)
        self._hits[tunes.begun] = 0


def _numbered_places(tunes: TunesRead) -> NDArray[np.int32]:
    """A number other than 0 for the bar, the time in it and the class of the character; 0 in a header."""
    places = tunes.clock.bar * np.int32(_BAR)
    places += tunes.clock.ticks * np.int32(4)
    places += tunes.classes
    places *= tunes.in_body
    return places
