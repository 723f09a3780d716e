"""Where the last note is, seen from the tonic."""

from __future__ import annotations

import numpy as np

from tuneloom.model.aids.reading.aid import Aid, AidColumns
from tuneloom.model.aids.reading.last_pitch import NO_INTERVAL, NO_NOTE
from tuneloom.model.aids.reading.tunes_read import TunesRead

__all__ = ["Tonic"]

_BELOW = 10  # steps of the scale below the tonic from C to B
_NO_HEIGHT = 31


class Tonic(Aid):
    """The interval of the last note above the tonic in semitones, and its height in steps of the scale."""

    feature_sizes = (NO_INTERVAL + 1, _NO_HEIGHT + 1)

    def write(self, tunes: TunesRead, columns: AidColumns) -> None:
        height = tunes.pitch.height
        columns.features[:, 0] = tunes.pitch.interval
        steps = np.clip(height + np.int8(_BELOW), 0, _NO_HEIGHT - 1)
        columns.features[:, 1] = np.where(height == NO_NOTE, _NO_HEIGHT, steps)
