"""The aids of tunes side by side, a character at a time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tuneloom.model.aids.catalogue import AIDS
from tuneloom.model.aids.layout import AidLayout
from tuneloom.model.aids.reading.aid import Aid
from tuneloom.model.aids.reading.aid_columns import AidColumns, put_in_buckets
from tuneloom.model.aids.reading.tunes_read import TunesRead, token_type
from tuneloom.model.data.vocabulary import Vocabulary

__all__ = ["AidReader"]


class AidReader:
    """Reads tunes side by side and says after each character what follows from their texts.

    Rows do not depend on each other. All begin with a tune. `in_one_tonic` says that the music is written in
    C, whatever key the header has.

    Raises:
        UsageError: an aid is unknown.
    """

    def __init__(
        self,
        names: Sequence[str],
        vocabulary: Vocabulary,
        rows: int,
        *,
        in_one_tonic: bool = False,
    ) -> None:
        self._layout = AidLayout.of(names)
        self._tunes = TunesRead(vocabulary, rows, in_one_tonic=in_one_tonic)
        self._aids: list[Aid] = [AIDS.find(name)() for name in names]
        for aid in self._aids:
            aid.begin(rows, vocabulary)
        self._columns = np.zeros((self._layout.width, rows), token_type(vocabulary))
        self._parts = self._columns_of_aids()
        self._may_go_on = np.array([True, *(char not in "|:" for char in vocabulary.characters)])

    @property
    def shape(self) -> tuple[int, int]:
        """The shape of the columns, (rows, width)."""
        return self._columns.shape[1], self._layout.width

    @property
    def dtype(self) -> np.dtype[np.unsignedinteger]:
        """The type of the columns."""
        return self._columns.dtype

    def advance(self, tokens: NDArray[np.int32]) -> NDArray[np.unsignedinteger]:
        """The columns after these tokens, (rows,), as an array (rows, width); a boundary begins a tune."""
        if self._aids:
            self._tunes.advance(tokens)
        self._columns.fill(0)
        for aid, columns in zip(self._aids, self._parts, strict=True):
            aid.write(self._tunes, columns)
        self._silence_pointers()
        put_in_buckets(self._runs)
        return self._columns.T.copy()

    def tell_level(self, rows: NDArray[np.int64], metrical: NDArray[np.bool_]) -> None:
        """Tell whether the tunes in these rows are metrical, as all are until then."""
        self._tunes.metrical[rows] = metrical

    def keep(self, rows: int) -> None:
        """Go on with the first `rows` rows only."""
        for part in (self._tunes, *self._aids):
            part.keep(rows)
        self._columns = np.ascontiguousarray(self._columns[:, :rows])
        self._parts = self._columns_of_aids()

    def _silence_pointers(self) -> None:
        """Drop the candidates that would end a bar too soon, as after what began as a pickup did."""
        if not self._layout.pointers:
            return
        fits = self._may_go_on.take(self._candidates)
        fits |= ~self._tunes.clock.is_too_short()
        self._candidates *= fits
        self._runs *= fits

    def _columns_of_aids(self) -> list[AidColumns]:
        """The parts of the columns that each aid writes."""
        self._candidates = self._columns[self._layout.candidates]
        self._runs = self._columns[self._layout.runs]
        parts: list[AidColumns] = []
        feature, pointer = 0, self._layout.features
        for aid in self._aids:
            after, last = feature + len(aid.feature_sizes), pointer + aid.pointers
            runs = slice(pointer + self._layout.pointers, last + self._layout.pointers)
            parts.append(
                AidColumns(
                    self._columns[feature:after],
                    self._columns[pointer:last],
                    self._columns[runs],
                )
            )
            feature, pointer = after, last
        return parts
