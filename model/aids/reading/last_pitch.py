"""The pitch of the last note of each row, relative to the tonic."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tuneloom.grammar.tune.pitch import natural_pitch, octave_of
from tuneloom.model.aids.music.fields import KeyPitches
from tuneloom.model.aids.music.state_table import (
    BAR,
    NO_ACCIDENTAL,
    OCTAVE,
    OVERLAY,
    PITCH,
)
from tuneloom.model.aids.reading.row_arrays import RowArrays
from tuneloom.model.data.vocabulary import Vocabulary

__all__ = ["NO_INTERVAL", "NO_NOTE", "LastPitch"]

NO_INTERVAL = 12
NO_NOTE = -128
_LETTERS = "CDEFGAB"
_SEMITONES = np.array([natural_pitch(letter, 4) % 12 for letter in _LETTERS], np.int8)
_MAX_STEPS = 100


class LastPitch(RowArrays):
    """`interval` is in semitones above the tonic, octaves aside; `height` in steps of the scale.

    An accidental holds for its letter in all octaves until the bar ends, and so does that of a grace note.
    """

    def __init__(self, vocabulary: Vocabulary, rows: int) -> None:
        self.interval = np.full(rows, NO_INTERVAL, np.uint8)
        self.height = np.full(rows, NO_NOTE, np.int8)
        self._tonic = np.zeros(rows, np.int8)  # in semitones above C
        self._tonic_step = np.zeros(rows, np.int8)
        self._signature = np.zeros((rows, len(_LETTERS)), np.int8)
        self._alterations = np.zeros((rows, len(_LETTERS)), np.int8)  # with those of the bar
        self._tables = _LetterTables(vocabulary)

    def begin(self, rows: NDArray[np.int64]) -> None:
        """A tune begins in these rows."""
        self.interval[rows] = NO_INTERVAL
        self.height[rows] = NO_NOTE
        for row in rows.tolist():
            self.set_key(row, _C_MAJOR)

    def set_key(self, row: int, key: KeyPitches) -> None:
        """The key changes in a row, which ends the accidentals of its bar."""
        self._tonic_step[row] = key.step
        self._tonic[row] = key.semitones
        self._signature[row] = self._alterations[row] = key.alterations

    def advance(
        self, tokens: NDArray[np.int32], marks: NDArray[np.int16], accidentals: NDArray[np.int8]
    ) -> None:
        """One more character in each row."""
        rows = np.flatnonzero(marks & PITCH)
        if len(rows):
            self._notes(rows, self._tables.steps[tokens[rows]], accidentals[rows])
            self.height[rows] = self._tables.heights[tokens[rows]] - self._tonic_step[rows]
        rows = np.flatnonzero(marks & OCTAVE)
        if len(rows):
            height = self.height[rows] + self._tables.octaves[tokens[rows]]
            self.height[rows] = np.clip(height, -_MAX_STEPS, _MAX_STEPS)
        rows = np.flatnonzero(marks & (BAR | OVERLAY))
        self._alterations[rows] = self._signature[rows]

    def _notes(
        self, rows: NDArray[np.int64], steps: NDArray[np.int64], accidentals: NDArray[np.int8]
    ) -> None:
        written = accidentals != NO_ACCIDENTAL
        if written.any():
            self._alterations[rows[written], steps[written]] = accidentals[written]
        pitches = _SEMITONES[steps] + self._alterations[rows, steps] - self._tonic[rows]
        self.interval[rows] = pitches % 12


class _LetterTables:
    """What a token means as a note letter or an octave mark, each (vocabulary,)."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.steps = np.zeros(vocabulary.size, np.int64)
        self.heights = np.zeros(vocabulary.size, np.int8)  # in steps above C
        self.octaves = np.zeros(vocabulary.size, np.int8)
        for token, char in enumerate(vocabulary.characters, start=1):
            if char.upper() in _LETTERS:
                self.steps[token] = _LETTERS.index(char.upper())
                self.heights[token] = self.steps[token] + 7 * (octave_of(char) - 4)
            self.octaves[token] = {"'": 7, ",": -7}.get(char, 0)


_C_MAJOR = KeyPitches(0, 0, (0,) * len(_LETTERS))
