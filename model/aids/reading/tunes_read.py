"""What is known of the tunes in many rows, after each of their characters."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tuneloom.model.aids.music.fields import key_pitches, meter_length, unit_length
from tuneloom.model.aids.music.state_table import BODY, FIELD, StateTable
from tuneloom.model.aids.reading.bar_clock import BarClock
from tuneloom.model.aids.reading.last_pitch import LastPitch
from tuneloom.model.aids.reading.matches import Matches
from tuneloom.model.aids.reading.row_arrays import RowArrays
from tuneloom.model.data.vocabulary import BOUNDARY, Vocabulary

__all__ = ["TunesRead"]


class TunesRead(RowArrays):
    """Tunes side by side, which are read a character at a time.

    `tokens` are the characters read last, `begun` the rows in which that was a boundary, and `in_body` tells
    where the header has ended.
    """

    def __init__(self, vocabulary: Vocabulary, rows: int) -> None:
        self.tokens = np.full(rows, BOUNDARY, np.int32)
        self.begun = np.arange(rows)
        self.in_body = np.zeros(rows, np.bool_)
        self.classes = np.zeros(rows, np.uint8)
        self.clock = BarClock(rows)
        self.pitch = LastPitch(vocabulary, rows)
        self.matches = Matches(rows, np.uint8 if vocabulary.size <= 250 else np.uint16)
        self._states = np.zeros(rows, np.int32)
        self._table = StateTable(vocabulary)

    def advance(self, tokens: NDArray[np.int32]) -> None:
        """Read one more character in each row; a boundary begins a tune there."""
        table = self._table
        self.tokens = tokens
        self._states = states = table.advance(self._states, tokens)
        marks = table.marks[states]
        self.begun = np.flatnonzero(tokens == BOUNDARY)
        if len(self.begun):
            self.clock.begin(self.begun)
            self.pitch.begin(self.begun)
            self.matches.begin(self.begun)
        self.in_body = (marks & BODY) != 0
        self.classes = table.classes[states]
        for row in np.flatnonzero(marks & FIELD).tolist():
            self._set_field(row, table.states[states[row]].field)
        self.clock.advance(marks, table.lengths[states])
        self.pitch.advance(tokens, marks, table.accidentals[states])
        self.matches.advance(tokens, self.in_body)

    def _set_field(self, row: int, field: str) -> None:
        value = field[2:].strip()
        match field[:2]:
            case "M:" if (meter := meter_length(value)) is not None:
                self.clock.meter[row] = meter
            case "L:" if (unit := unit_length(value)) is not None:
                self.clock.unit[row] = unit
            case "K:" if (key := key_pitches(value)) is not None:
                self.pitch.set_key(row, key)
