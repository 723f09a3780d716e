"""The pitch of the last note of each row, relative to the tonic."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tuneloom.grammar.tune.pitch import LETTERS, natural_pitch, octave_of
from tuneloom.model.aids.music.fields import KeyPitches
from tuneloom.model.aids.reading.row_arrays import RowArrays
from tuneloom.model.data.vocabulary import Vocabulary

__all__ = ["NO_INTERVAL", "NO_NOTE", "LastPitch"]

NO_INTERVAL = 12
NO_NOTE = -128
_SEMITONES = np.array([natural_pitch(letter, 4) % 12 for letter in LETTERS])
_MAX_STEPS = 100
_C_MAJOR = KeyPitches(0, 0, (0,) * len(LETTERS))


class LastPitch(RowArrays):
    """`interval` is in semitones above the tonic, octaves aside; `height` in steps of the scale.

    An accidental holds for its letter in all octaves until the bar ends, and so does that of a grace note.
    """

    def __init__(self, vocabulary: Vocabulary, rows: int) -> None:
        self.interval = np.full(rows, NO_INTERVAL, np.uint8)
        self.height = np.full(rows, NO_NOTE, np.int8)
        self._tonic = np.zeros(rows, np.int64)  # in semitones above C
        self._tonic_step = np.zeros(rows, np.int8)
        # (rows, letters) the interval of each letter above the tonic, by the key and as it is in this bar
        self._in_key = np.zeros((rows, len(LETTERS)), np.uint8)
        self._in_bar = np.zeros((rows, len(LETTERS)), np.uint8)
        self._letters = _Letters(vocabulary)

    def begin(self, rows: NDArray[np.int64]) -> None:
        """A tune begins in these rows."""
        self.interval[rows] = NO_INTERVAL
        self.height[rows] = NO_NOTE
        self.set_key(rows, _C_MAJOR)

    def set_key(self, rows: NDArray[np.int64] | int, key: KeyPitches) -> None:
        """The key changes, which ends the accidentals of the bar."""
        self._tonic_step[rows] = key.step
        self._tonic[rows] = key.semitones
        intervals = (_SEMITONES + key.alterations - key.semitones) % 12
        self._in_key[rows] = self._in_bar[rows] = intervals

    def end_bars(self, rows: NDArray[np.int64]) -> None:
        """The accidentals of these bars end."""
        self._in_bar[rows] = self._in_key[rows]

    def alter(self, row: int, token: int, semitones: int) -> None:
        """A note has an accidental."""
        step = self._letters.steps[token]
        self._in_bar[row, step] = (_SEMITONES[step] + semitones - self._tonic[row]) % 12

    def sound(self, rows: NDArray[np.int64], letters: NDArray[np.int32]) -> None:
        """Notes with these letters, given as tokens, are the last ones."""
        self.interval[rows] = self._in_bar[rows, self._letters.steps[letters]]
        self.height[rows] = self._letters.heights[letters] - self._tonic_step[rows]

    def shift_octaves(self, rows: NDArray[np.int64], marks: NDArray[np.int32]) -> None:
        """The last notes have these octave marks, given as tokens."""
        height = self.height[rows] + self._letters.octaves[marks]
        self.height[rows] = np.minimum(np.maximum(height, -_MAX_STEPS), _MAX_STEPS)


class _Letters:
    """What a token means as a note letter or an octave mark, each (vocabulary,)."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.steps = np.zeros(vocabulary.size, np.int64)
        self.heights = np.zeros(vocabulary.size, np.int8)  # in steps above C
        self.octaves = np.zeros(vocabulary.size, np.int8)  # in steps
        for token, char in enumerate(vocabulary.characters, start=1):
            if char.upper() in LETTERS:
                self.steps[token] = LETTERS.index(char.upper())
                self.heights[token] = self.steps[token] + 7 * (octave_of(char) - 4)
            self.octaves[token] = {"'": 7, ",": -7}.get(char, 0)
