"""The time in the bar, and where in the section the bar is."""

from __future__ import annotations

import numpy as np

from tuneloom.model.aids.music.state_table import TICKS
from tuneloom.model.aids.reading.aid import Aid
from tuneloom.model.aids.reading.aid_columns import AidColumns
from tuneloom.model.aids.reading.bar_clock import MAX_TICKS, NO_METER
from tuneloom.model.aids.reading.tunes_read import TunesRead

__all__ = ["Clock"]

_QUARTER = TICKS // 4
_LONGEST = 67
_UNTIMED = _LONGEST + 1
_OVERFULL = _LONGEST + 2
_PICKUPS = 9
_WRONG = 4

_QUARTERS = np.minimum(np.rint(np.arange(MAX_TICKS + 1) / _QUARTER), _LONGEST).astype(np.uint8)
_QUARTERS_LEFT = np.full(NO_METER + 2, _UNTIMED, np.uint8)  # by the ticks left, -1 and more
_QUARTERS_LEFT[0] = _OVERFULL
_QUARTERS_LEFT[1 : MAX_TICKS + 1] = _QUARTERS[:-1]


class Clock(Aid):
    """Time elapsed in the bar and time left, the bar of the section, the pickup, and bars that were wrong.

    Times are in quarters of a unit note length, up to 67. Time left has two more values, for no metre and
    for a bar that is too long already. Bars are counted modulo 8.
    """

    feature_sizes = (_LONGEST + 1, _OVERFULL + 1, 8, _PICKUPS, _WRONG)

    def write(self, tunes: TunesRead, columns: AidColumns) -> None:
        clock = tunes.clock
        left = clock.bar_ticks - clock.ticks
        columns.features[0] = _QUARTERS.take(clock.ticks)
        columns.features[1] = _QUARTERS_LEFT.take(np.maximum(left, -1) + 1)
        columns.features[2] = clock.section_bar & 7
        columns.features[3] = clock.pickup
        columns.features[4] = clock.wrong
