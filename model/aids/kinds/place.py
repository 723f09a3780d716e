"""What kind of place the text has come to."""

from __future__ import annotations

from tuneloom.model.aids.music.places import PLACES
from tuneloom.model.aids.reading.aid import Aid
from tuneloom.model.aids.reading.aid_columns import AidColumns
from tuneloom.model.aids.reading.tunes_read import TunesRead

__all__ = ["Place"]


class Place(Aid):
    """In the header the field; in the music what the last character belongs to, and what is open."""

    feature_sizes = (PLACES,)

    def write(self, tunes: TunesRead, columns: AidColumns) -> None:
        columns.features[0] = tunes.places
