"""What an aid is."""

from __future__ import annotations

from abc import abstractmethod

from tuneloom.model.aids.reading.aid_columns import AidColumns
from tuneloom.model.aids.reading.row_arrays import RowArrays
from tuneloom.model.aids.reading.tunes_read import TunesRead
from tuneloom.model.data.vocabulary import Vocabulary

__all__ = ["Aid"]


class Aid(RowArrays):
    """Features, which are categories, and pointers, which are candidates for the next character.

    An aid with state of its own keeps it in arrays with a line for each row, and begins anew in the rows of
    `tunes.begun`.
    """

    feature_sizes: tuple[int, ...] = ()
    """The number of values of each feature, at most 255."""

    pointers: int = 0

    def begin(self, rows: int, vocabulary: Vocabulary) -> None:
        """Make the state of so many rows, which read tunes with this vocabulary."""

    @abstractmethod
    def write(self, tunes: TunesRead, columns: AidColumns) -> None:
        """Write what follows from the texts so far."""
