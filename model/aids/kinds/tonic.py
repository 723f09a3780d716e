"""Where the last note is, seen from the tonic."""

from __future__ import annotations

import numpy as np

from tuneloom.model.aids.reading.aid import Aid
from tuneloom.model.aids.reading.aid_columns import AidColumns
from tuneloom.model.aids.reading.last_pitch import NO_INTERVAL, NO_NOTE
from tuneloom.model.aids.reading.tunes_read import TunesRead

__all__ = ["Tonic"]

_BELOW = 10  # steps of the scale below the tonic from C to B
_NO_HEIGHT = 31
_HEIGHTS = np.clip(np.arange(-128, 128) + _BELOW, 0, _NO_HEIGHT - 1).astype(np.uint8)
_HEIGHTS[NO_NOTE + 128] = _NO_HEIGHT


class Tonic(Aid):
    """The interval of the last note above the tonic in semitones, and its height in steps of the scale."""

    feature_sizes = (NO_INTERVAL + 1, _NO_HEIGHT + 1)

    def write(self, tunes: TunesRead, columns: AidColumns) -> None:
        columns.features[0] = tunes.pitch.interval
        columns.features[1] = _HEIGHTS.take(tunes.pitch.height + np.int16(128))
