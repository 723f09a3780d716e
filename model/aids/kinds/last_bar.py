"""What the last bar lacked."""

from __future__ import annotations

from tuneloom.model.aids.reading.aid import Aid
from tuneloom.model.aids.reading.aid_columns import AidColumns
from tuneloom.model.aids.reading.bar_clock import LENGTH_KINDS
from tuneloom.model.aids.reading.tunes_read import TunesRead

__all__ = ["LastBar"]


class LastBar(Aid):
    """How much the last bar lacked, if it was no pickup: sections end so, and other bars rarely do.

    The pickup of the next section is expected to be as long.
    """

    feature_sizes = (LENGTH_KINDS + 1,)

    def write(self, tunes: TunesRead, columns: AidColumns) -> None:
        columns.features[0] = tunes.clock.lacking
