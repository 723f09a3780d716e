"""What the tune wrote at this time in the bar some bars ago."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tuneloom.model.aids.reading.aid import Aid, AidColumns, match_runs
from tuneloom.model.aids.reading.recent import Recent
from tuneloom.model.aids.reading.tunes_read import TunesRead

__all__ = ["Parallel"]

_BARS_AGO = (4, 8)
_MAX_HITS = 29
_BAR_MASK = 2**14 - 1


class Parallel(Aid):
    """Pointers to what followed in the bar 4 and 8 bars ago, once as much of it had elapsed as of this one.

    Of several characters at this time it is the last of the same class: after a bar line, a blank, another.
    Their runs count how many of their candidates were right in succession.
    """

    pointers = len(_BARS_AGO)

    def begin(self, rows: int) -> None:
        self._places = Recent(rows, np.uint32)
        self._candidates = np.zeros((rows, len(_BARS_AGO)), np.int32)
        self._hits = np.zeros((rows, len(_BARS_AGO)), np.uint8)

    def write(self, tunes: TunesRead, columns: AidColumns) -> None:
        if len(tunes.begun):
            self._places.clear(tunes.begun)
            self._candidates[tunes.begun] = 0
        right = (self._candidates == tunes.tokens[:, None]) & (self._candidates > 0)
        self._hits = np.minimum(self._hits + 1, _MAX_HITS) * right.astype(np.uint8)
        clock = tunes.clock
        depth = tunes.matches.runs.shape[1]
        places = _place_in_bar(clock.bar, clock.ticks, tunes.classes) * tunes.in_body
        if depth:
            each = np.arange(len(places))
            earlier, tokens = self._places.newest(depth), tunes.matches.tokens.newest(depth)
            for pointer, bars in enumerate(_BARS_AGO):
                wanted = _place_in_bar(clock.bar - bars, clock.ticks, tunes.classes)
                lags = (earlier == wanted[:, None]).argmax(axis=1)
                found = (earlier[each, lags] == wanted) & (clock.bar >= bars) & tunes.in_body
                columns.candidates[:, pointer] = tokens[each, lags] * found
                columns.runs[:, pointer] = match_runs(self._hits[:, pointer] + np.uint8(2)) * found
        self._candidates = columns.candidates.astype(np.int32)
        self._places.push(places)


def _place_in_bar(
    bars: NDArray[np.int32], ticks: NDArray[np.uint16], classes: NDArray[np.uint8]
) -> NDArray[np.uint32]:
    """A number other than 0 for the bar, the time in it and the class of the character."""
    place = (bars & _BAR_MASK).astype(np.uint32) << np.uint32(18)
    place |= ticks.astype(np.uint32) << np.uint32(2)
    place |= classes + np.uint8(1)
    return place
