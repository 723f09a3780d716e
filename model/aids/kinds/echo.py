"""What followed the last characters of the text when they were there before."""

from __future__ import annotations

from tuneloom.model.aids.reading.aid import Aid
from tuneloom.model.aids.reading.aid_columns import AidColumns
from tuneloom.model.aids.reading.tunes_read import TunesRead

__all__ = ["Echo"]

_LEAST = (3, 5, 8)


class Echo(Aid):
    """Pointers to what followed the last place where the same 3, 5 and 8 characters were."""

    pointers = len(_LEAST)

    def write(self, tunes: TunesRead, columns: AidColumns) -> None:
        tunes.matches.latest(_LEAST, columns)
