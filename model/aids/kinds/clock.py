"""The time in the bar, and where in the section the bar is."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tuneloom.model.aids.reading.aid import Aid, AidColumns
from tuneloom.model.aids.reading.tunes_read import TunesRead

__all__ = ["Clock"]

_QUARTERS = 4  # of a unit note length
_MAX_TIME = 67
_NO_METER = _MAX_TIME + 1
_TOO_LONG = _MAX_TIME + 2
_PICKUPS = 9
_WRONG = 4


class Clock(Aid):
    """Time elapsed in the bar and time left, the bar of the section, the pickup, and bars that were wrong.

    Times are in quarters of a unit note length, up to 67. Time left has two more values, for no metre and
    for a bar that is too long already. Bars are counted modulo 8.
    """

    feature_sizes = (_MAX_TIME + 1, _TOO_LONG + 1, 8, _PICKUPS, _WRONG)

    def write(self, tunes: TunesRead, columns: AidColumns) -> None:
        clock = tunes.clock
        columns.features[:, 0] = _quarter_units(clock.elapsed / clock.unit)
        left = clock.meter - clock.elapsed
        quarters = _quarter_units(np.maximum(left, 0) / clock.unit)
        quarters[left < -1e-6] = _TOO_LONG
        quarters[clock.meter == 0] = _NO_METER
        columns.features[:, 1] = quarters
        columns.features[:, 2] = clock.section_bar % 8
        columns.features[:, 3] = clock.pickup
        columns.features[:, 4] = clock.wrong


def _quarter_units(units: NDArray[np.float64]) -> NDArray[np.uint8]:
    return np.minimum(np.rint(units * _QUARTERS), _MAX_TIME).astype(np.uint8)
