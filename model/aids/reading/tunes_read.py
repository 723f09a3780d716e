"""What is known of the tunes in many rows, after each of their characters."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tuneloom.corpus.training_text.keys.one_tonic import one_tonic_key
from tuneloom.model.aids.music.fields import key_pitches, meter_length, unit_length
from tuneloom.model.aids.music.state_table import (
    BAR,
    FIELD,
    OCTAVE,
    OVERLAY,
    WRITTEN,
    state_table,
)
from tuneloom.model.aids.reading.bar_clock import BarClock
from tuneloom.model.aids.reading.last_pitch import LastPitch
from tuneloom.model.aids.reading.matches import Matches
from tuneloom.model.aids.reading.row_arrays import RowArrays
from tuneloom.model.data.vocabulary import BOUNDARY, Vocabulary

__all__ = ["TunesRead", "token_type"]

_MAX_BYTE_VOCABULARY = 250


def token_type(vocabulary: Vocabulary) -> type[np.uint8 | np.uint16]:
    """The smallest type that tokens fit."""
    return np.uint8 if vocabulary.size <= _MAX_BYTE_VOCABULARY else np.uint16


class TunesRead(RowArrays):
    """Tunes side by side, which are read a character at a time.

    `tokens` are the characters read last, and `begun` the rows where that was a boundary. `in_body` tells
    where the header has ended, `classes` what kind of place it is in the bar, `places` what kind in the text,
    `ties` whether a tie is open or may begin, and `letters` the token of the last note. `marked` are the rows
    whose last character is a rarer event, and `marks` which, as in `state_table.py`. `metrical` are those
    that are told to be. `in_one_tonic` says that the music is written in C, whatever key the header has.
    """

    def __init__(self, vocabulary: Vocabulary, rows: int, *, in_one_tonic: bool = False) -> None:
        self.tokens = np.full(rows, BOUNDARY, np.int32)
        self.begun = np.arange(rows)
        self.marked = np.zeros(0, np.int64)
        self.marks = np.zeros(0, np.int16)
        self.metrical = np.ones(rows, np.bool_)
        self.in_body = np.zeros(rows, np.bool_)
        self.classes = np.zeros(rows, np.uint8)
        self.places = np.zeros(rows, np.uint8)
        self.ties = np.zeros(rows, np.uint8)
        self.letters = np.zeros(rows, np.int32)
        self.clock = BarClock(rows)
        self.pitch = LastPitch(vocabulary, rows)
        self.matches = Matches(rows, token_type(vocabulary))
        self._states = np.zeros(rows, np.int32)
        self._table = state_table(vocabulary)
        self._in_one_tonic = in_one_tonic
        self._begin()

    def advance(self, tokens: NDArray[np.int32]) -> None:
        """Read one more character in each row; a boundary begins a tune there."""
        table = self._table
        self.tokens = tokens
        self._states = states = table.advance(self._states, tokens)
        self.classes = table.classes.take(states)
        self.places = table.places.take(states)
        self.ties = table.ties.take(states)
        was_in_body = self.in_body
        self.in_body, begins, lasts, is_note, has_marks = table.flags.take(states, axis=1)
        self.begun = np.flatnonzero(tokens == BOUNDARY)
        if len(self.begun):
            self._begin()
        self.clock.advance(begins, lasts, table.ticks.take(states))
        self.marked = np.flatnonzero(has_marks)
        self.marks = table.marks.take(states[self.marked])
        if len(self.marked):
            self._handle(self.marked, self.marks, was_in_body)
        self.clock.round()
        notes = np.flatnonzero(is_note)
        if len(notes):
            self.letters[notes] = tokens[notes]
            self.pitch.sound(notes, tokens[notes])
        self.matches.advance(tokens, self.in_body)

    def _begin(self) -> None:
        self.clock.begin(self.begun)
        self.pitch.begin(self.begun)
        self.matches.begin(self.begun)

    def _handle(
        self, rows: NDArray[np.int64], marks: NDArray[np.int16], was_in_body: NDArray[np.bool_]
    ) -> None:
        """What happens less often; in these rows, the character has these marks."""
        self.clock.handle(rows, marks)
        ends = rows[(marks & (BAR | OVERLAY)) != 0]
        if len(ends):
            self.pitch.end_bars(ends)
        octaves = rows[(marks & OCTAVE) != 0]
        if len(octaves):
            self.pitch.shift_octaves(octaves, self.tokens[octaves])
        for row in rows[(marks & (FIELD | WRITTEN)) != 0].tolist():
            state = self._table.states[self._states[row]]
            if state.event == "field":
                self._set_field(row, state.field, in_body=bool(was_in_body[row]))
            elif state.accidental is not None:
                self.pitch.alter(row, int(self.tokens[row]), state.accidental)

    def _set_field(self, row: int, field: str, *, in_body: bool) -> None:
        value = field[2:].strip()
        if self._in_one_tonic and not in_body and field.startswith("K:"):
            value = one_tonic_key(value)
        match field[:2]:
            case "M:" if (meter := meter_length(value)) is not None:
                self.clock.set_meter(row, meter)
            case "L:" if (unit := unit_length(value)) is not None:
                self.clock.set_unit(row, unit)
            case "K:" if (key := key_pitches(value)) is not None:
                self.pitch.set_key(row, key)
