"""The states of the music by number, and what they say as arrays."""

from __future__ import annotations

from functools import lru_cache
from threading import Lock
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tuneloom.model.aids.music.follow import follow
from tuneloom.model.aids.music.music_state import START, Division, Event, MusicState
from tuneloom.model.aids.music.note_lengths import length_of
from tuneloom.model.aids.music.places import place_of
from tuneloom.model.data.vocabulary import Vocabulary

__all__ = [
    "BAR", "BAR_REST", "ENDING", "FIELD", "OCTAVE", "OVERLAY", "REPEAT", "REPEAT_END", "SECTION", "TICKS",
    "TIED", "WRITTEN", "StateTable", "state_table",
]  # fmt: skip

TICKS: Final = 48
"""The parts of a unit note length that times are measured in."""

_AFTER_BAR_LINE, _AFTER_BLANK, _AFTER_OTHER = range(1, 4)
"""The class of a character: nothing has sounded since a bar line; else a blank or line feed; else others."""

BAR: Final = 1
"""A bar line begins."""
SECTION: Final = 2
"""The bar line, which began with this character or before it, turns out to be more than `|`."""
ENDING: Final = 4
"""It turns out to have a volta."""
REPEAT: Final = 8
"""It begins a repeat."""
REPEAT_END: Final = 16
BAR_REST: Final = 32
OVERLAY: Final = 64
FIELD: Final = 128
OCTAVE: Final = 256
WRITTEN: Final = 512
"""A note with an accidental."""

TIED: Final = 3
"""The next note is the end of a tie; other values of `StateTable.ties` say whether one may begin."""
_NO_TIE, _AFTER_REST, _MAY_BE_TIED = range(3)

_MARKS: dict[Event, int] = {
    "bar": BAR,
    "bars": BAR_REST,
    "overlay": OVERLAY,
    "field": FIELD,
    "octave": OCTAVE,
}
_DIVISIONS: dict[Division, int] = {
    "": 0,
    "section": SECTION,
    "repeat": SECTION | REPEAT,
    "repeat end": SECTION | REPEAT_END,
    "ending": ENDING,
}
_INITIAL_STATES = 256
_MAX_STATES = 2**16
_UNKNOWN = -1


def state_table(vocabulary: Vocabulary) -> StateTable:
    """The table of a vocabulary, which all readers fill together.

    Real tunes need a few thousand states. After much nonsense, new readers begin with a new table.
    """
    table = _known_table(vocabulary)
    if len(table.states) > _MAX_STATES:
        _known_table.cache_clear()
        table = _known_table(vocabulary)
    return table


@lru_cache(maxsize=4)
def _known_table(vocabulary: Vocabulary) -> StateTable:
    return StateTable(vocabulary)


class StateTable:
    """The states that texts have led to so far; 0 is the start, to which every boundary leads back.

    What follows from a state is worked out in Python when a text first leads to it, and looked up after that.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._characters = vocabulary.characters
        self._lock = Lock()
        self._numbers: dict[MusicState, int] = {}
        self.states: list[MusicState] = []
        # (states, vocabulary) the number of the state after each token
        self._following = np.full((_INITIAL_STATES, vocabulary.size), _UNKNOWN, np.int32)
        self._following[:, 0] = 0
        self.ticks = np.zeros(_INITIAL_STATES)  # (states,) the length of the last note
        self.classes = np.zeros(_INITIAL_STATES, np.uint8)  # (states,)
        self.places = np.zeros(_INITIAL_STATES, np.uint8)  # (states,) as in `places.py`
        self.ties = np.zeros(_INITIAL_STATES, np.uint8)  # (states,)
        # (states,) the rarer events that the character is
        self.marks = np.zeros(_INITIAL_STATES, np.int16)
        # (5, states) Whether the header has ended; a note, rest or chord begins with this character; its
        # length may have changed with it; it is the letter of a note; there are marks.
        self.flags = np.zeros((5, _INITIAL_STATES), np.bool_)
        self._number(START)

    def advance(self, numbers: NDArray[np.int32], tokens: NDArray[np.int32]) -> NDArray[np.int32]:
        """The numbers of the states after these tokens, all (rows,)."""
        places = numbers * self._following.shape[1]
        places += tokens
        following = self._following.take(places)
        if following.min(initial=0) < 0:
            with self._lock:
                self._fill(np.unique(places[following < 0]).tolist())
            following = self._following.take(places)
        return following

    def _fill(self, places: list[int]) -> None:
        for place in places:
            number, token = divmod(place, self._following.shape[1])
            state = follow(self.states[number], self._characters[token - 1])
            self._following[number, token] = self._number(state)

    def _number(self, state: MusicState) -> int:
        """The number of a state; a new one for a new state."""
        known = self._numbers.get(state)
        if known is not None:
            return known
        number = len(self.states)
        if number == len(self._following):
            self._grow()
        event = state.event
        is_note = event in ("note", "inner")
        marks = _MARKS.get(event, 0) | _DIVISIONS[state.division]
        marks |= WRITTEN if is_note and state.accidental is not None else 0
        self.ticks[number] = length_of(state) * TICKS
        self.classes[number] = _class_of(state)
        self.places[number] = place_of(state)
        self.ties[number] = _tie_of(state)
        self.marks[number] = marks
        self.flags[:, number] = (
            state.begins_music(),
            event in ("note", "rest"),
            state.length != "",
            is_note,
            marks != 0,
        )
        self.states.append(state)
        self._numbers[state] = number
        return number

    def _grow(self) -> None:
        """Make room for twice as many states."""
        more = np.full_like(self._following, _UNKNOWN)
        more[:, 0] = 0
        self._following = np.concatenate([self._following, more])
        self.ticks = np.concatenate([self.ticks, np.zeros_like(self.ticks)])
        self.classes = np.concatenate([self.classes, np.zeros_like(self.classes)])
        self.places = np.concatenate([self.places, np.zeros_like(self.places)])
        self.ties = np.concatenate([self.ties, np.zeros_like(self.ties)])
        self.marks = np.concatenate([self.marks, np.zeros_like(self.marks)])
        self.flags = np.concatenate([self.flags, np.zeros_like(self.flags)], axis=1)


def _class_of(state: MusicState) -> int:
    if state.at_bar_line:
        return _AFTER_BAR_LINE
    return _AFTER_BLANK if state.is_blank else _AFTER_OTHER


def _tie_of(state: MusicState) -> int:
    if state.is_tied:
        return TIED
    if not state.length:
        return _NO_TIE
    return _AFTER_REST if state.is_rest else _MAY_BE_TIED
