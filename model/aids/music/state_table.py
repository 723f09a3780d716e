"""The states of the music by number, and what they say as arrays."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from tuneloom.model.aids.music.follow import follow
from tuneloom.model.aids.music.music_state import START, MusicState
from tuneloom.model.aids.music.note_lengths import length_of
from tuneloom.model.data.vocabulary import Vocabulary

__all__ = [
    "BAR", "BAR_REST", "BEGINS", "BODY", "FIELD", "LASTS", "NO_ACCIDENTAL", "OCTAVE", "OVERLAY", "PITCH",
    "SECTION", "StateTable",
]  # fmt: skip

BODY: Final = 1
"""The header has ended."""
BEGINS: Final = 2
"""A note, rest or chord begins with this character."""
LASTS: Final = 4
"""Its length may have changed with this character."""
PITCH: Final = 8
"""The character is the letter of a note."""
OCTAVE: Final = 16
BAR: Final = 32
"""A bar line begins."""
SECTION: Final = 64
"""The bar line, which began with this character or before it, turns out to be more than `|`."""
FIELD: Final = 128
BAR_REST: Final = 256
OVERLAY: Final = 512

_EVENTS = {
    "note": BEGINS | PITCH,
    "rest": BEGINS,
    "inner": PITCH,
    "octave": OCTAVE,
    "bars": BAR_REST,
    "overlay": OVERLAY,
    "bar": BAR,
    "sign": SECTION,
    "field": FIELD,
    "": 0,
}
NO_ACCIDENTAL: Final = 9

_INITIAL_STATES = 256
_UNKNOWN = -1


class StateTable:
    """The states that texts have led to so far; 0 is the start, to which every boundary leads back."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._characters = vocabulary.characters
        self._numbers: dict[MusicState, int] = {}
        self.states: list[MusicState] = []
        # (states, vocabulary) the number of the state after each token
        self._following = np.full((_INITIAL_STATES, vocabulary.size), _UNKNOWN, np.int32)
        self._following[:, 0] = 0
        self.marks = np.zeros(_INITIAL_STATES, np.int16)  # (states,)
        self.lengths = np.zeros(_INITIAL_STATES)  # (states,) of the last note, in unit note lengths
        self.accidentals = np.full(_INITIAL_STATES, NO_ACCIDENTAL, np.int8)  # (states,)
        self.classes = np.zeros(_INITIAL_STATES, np.uint8)  # (states,)
        self._number(START)

    def advance(self, numbers: NDArray[np.int32], tokens: NDArray[np.int32]) -> NDArray[np.int32]:
        """The numbers of the states after these tokens, all (rows,)."""
        width = self._following.shape[1]
        places = numbers * width + tokens
        following = self._following.take(places)
        if following.min(initial=0) < 0:
            for place in np.unique(places[following < 0]).tolist():
                number, token = divmod(place, width)
                state = follow(self.states[number], self._characters[token - 1])
                self._following[number, token] = self._number(state)
            following = self._following.take(places)
        return following

    def _number(self, state: MusicState) -> int:
        """The number of a state; a new one for a new state."""
        known = self._numbers.get(state)
        if known is not None:
            return known
        number = self._numbers[state] = len(self.states)
        self.states.append(state)
        if number == len(self._following):
            self._grow()
        mark = _EVENTS[state.event]
        mark |= BODY if state.begins_music() else 0
        mark |= LASTS if state.length else 0
        mark |= SECTION if state.opens_section else 0
        self.marks[number] = mark
        self.lengths[number] = length_of(state)
        if state.accidental is not None:
            self.accidentals[number] = state.accidental
        self.classes[number] = 0 if state.at_bar_line else 1 if state.is_blank else 2
        return number

    def _grow(self) -> None:
        more = np.full_like(self._following, _UNKNOWN)
        more[:, 0] = 0
        self._following = np.concatenate([self._following, more])
        self.marks = np.concatenate([self.marks, np.zeros_like(self.marks)])
        self.lengths = np.concatenate([self.lengths, np.zeros_like(self.lengths)])
        self.accidentals = np.concatenate(
            [self.accidentals, np.full_like(self.accidentals, NO_ACCIDENTAL)]
        )
        self.classes = np.concatenate([self.classes, np.zeros_like(self.classes)])
