"""The notes that ties lead to, and the octave marks and accidentals that a note may have.

A machine of its own beside that of the bars, for what a note is called matters to nothing but its tie. A
tie leads to a note of the same letter and octave. Without an accidental that one sounds as the tied note
does; with one, it has to be the tied note's own. Of a chord the first note stands for all.
"""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from tuneloom.model.constraints.metre.state import END

__all__ = ["FREE", "Stage", "Tie", "owed", "steps"]

_LETTERS = "ABCDEFGabcdefg"
_ACCIDENTALS = "^=_"
_DOUBLE = "^_"
_FIELDS = "KLM"
_MOST_MARKS = 3


class Stage(IntEnum):
    """Where the text stands; a tie may wait in some of them."""

    LINE = 0  # at the beginning of a line of the header
    HEADER = 1  # within one; `sign` is its letter
    FREE = 2
    ACCIDENTAL = 3  # `sign` is that of the next note
    NOTE = 4  # behind its letter and so many marks
    NOTED = 5  # behind a note that takes no more marks: the end of a tie, or a chord
    BRACKET = 6
    FIELD = 7
    FIRST_ACCIDENTAL = 8  # in a chord, before its first note
    FIRST = 9  # behind the first note of a chord
    FIRST_TIED = 10  # the same, where it is the end of a tie
    OTHER_ACCIDENTAL = 11
    OTHER = 12  # behind any other note of it; `other` has its letter and marks


class Tie(NamedTuple):
    """`sign`, `letter` and `marks` of the note that was or is written; `due` says that a tie waits for it.

    While a note at the end of a tie is written, `marks` of it are still to come.
    """

    stage: Stage
    sign: str = ""
    letter: str = ""
    marks: int = 0
    due: bool = False
    begun: str = ""  # the accidental written so far of the note that a tie waits for
    other: str = ""


FREE = Tie(Stage.FREE)


def owed(state: Tie) -> int:
    """How many characters a tie asks for besides the one of a note's letter."""
    if state.due:
        sign = len(state.sign) - len(state.begun) if state.begun else 0
        return sign + state.marks
    return 0


def steps(state: Tie, characters: str) -> dict[str, Tie]:
    """Every character that may come next, with the state behind it; END as well."""
    found = {char: _step(state, char) for char in (*characters, END)}
    return {char: target for char, target in found.items() if target is not None}


def _step(state: Tie, char: str) -> Tie | None:
    if char == END:
        return None if state.due else Tie(Stage.LINE)
    if state.stage in (Stage.LINE, Stage.HEADER):
        return _header(state, char)
    if state.stage == Stage.FIELD:
        return state if char != "]" else _released(state)
    if state.stage >= Stage.FIRST_ACCIDENTAL:
        return _in_chord(state, char)
    if state.stage == Stage.BRACKET:
        if char in _FIELDS:
            return state._replace(stage=Stage.FIELD)
        if char == "1":
            return _released(state)
        return _first_of_chord(state, char)
    return _outside(state, char)


def _header(state: Tie, char: str) -> Tie:
    if state.stage == Stage.LINE:
        return Tie(Stage.HEADER, char)
    if char != "\n":
        return state
    return FREE if state.sign == "K" else Tie(Stage.LINE)


def _released(state: Tie) -> Tie:
    """Behind what brackets that hold no notes."""
    return state._replace(stage=Stage.FREE) if state.due else FREE


def _outside(state: Tie, char: str) -> Tie | None:
    if state.stage == Stage.ACCIDENTAL:
        return _behind_sign(state, char, Stage.ACCIDENTAL)
    if char in "',":
        return _mark(state, char)
    if state.stage == Stage.NOTE and state.due and state.marks:
        return None  # the note that the tie leads to lacks its marks
    if state.stage in (Stage.NOTE, Stage.NOTED):
        if char == "-":
            return state._replace(stage=Stage.FREE, due=True)
        if char.isdigit() or char == "/":
            return state._replace(stage=Stage.NOTED)
        state = FREE
    if char == "-" or (char == "z" and state.due):
        return None
    if char in _ACCIDENTALS:
        return _sign(state, char, Stage.ACCIDENTAL)
    if char in _LETTERS:
        return _letter(state, char, Stage.NOTE, Stage.NOTED)
    return state._replace(stage=Stage.BRACKET) if char == "[" else state


def _sign(state: Tie, char: str, stage: Stage) -> Tie | None:
    """The first character of an accidental."""
    if not state.due:
        return Tie(stage, char)
    return state._replace(stage=stage, begun=char) if state.sign.startswith(char) else None


def _behind_sign(state: Tie, char: str, stage: Stage) -> Tie | None:
    first = stage == Stage.FIRST_ACCIDENTAL
    if char in _ACCIDENTALS:
        if state.due:
            longer = state.begun + char
            return state._replace(begun=longer) if state.sign.startswith(longer) else None
        return state._replace(sign=char * 2) if char in _DOUBLE and state.sign == char else None
    if char not in _LETTERS or (state.due and state.begun != state.sign):
        return None
    done = (Stage.FIRST, Stage.FIRST_TIED) if first else (Stage.NOTE, Stage.NOTED)
    return _letter(state, char, *done)


def _letter(state: Tie, char: str, stage: Stage, tied: Stage) -> Tie | None:
    if not state.due:
        return Tie(stage, state.sign, char)
    if char != state.letter:
        return None
    if state.marks:
        return state._replace(stage=stage, begun="", other=str(state.marks))
    return state._replace(stage=tied, begun="", due=False)


def _mark(state: Tie, char: str) -> Tie | None:
    if state.stage not in (Stage.NOTE, Stage.FIRST):
        return None
    if char != ("'" if state.letter.islower() else ","):
        return None
    if not state.due:
        return state._replace(marks=state.marks + 1) if state.marks < _MOST_MARKS else None
    if state.marks > 1:
        return state._replace(marks=state.marks - 1)
    stage = Stage.NOTED if state.stage == Stage.NOTE else Stage.FIRST_TIED
    return state._replace(stage=stage, marks=int(state.other), other="", due=False)


def _first_of_chord(state: Tie, char: str) -> Tie | None:
    if char in _ACCIDENTALS:
        return _sign(state, char, Stage.FIRST_ACCIDENTAL)
    return _letter(state, char, Stage.FIRST, Stage.FIRST_TIED) if char in _LETTERS else None


def _in_chord(state: Tie, char: str) -> Tie | None:
    if state.stage == Stage.FIRST_ACCIDENTAL:
        return _behind_sign(state, char, Stage.FIRST_ACCIDENTAL)
    if state.stage == Stage.OTHER_ACCIDENTAL:
        if char in _DOUBLE and state.other == char:
            return state._replace(other=char * 2)
        return state._replace(stage=Stage.OTHER, other=char) if char in _LETTERS else None
    if char in "',":
        if state.stage == Stage.OTHER:
            return _mark_of_other(state, char)
        return _mark(state, char)
    if state.due:
        return None  # the first note, at the end of a tie, lacks its marks
    if char in _LETTERS:
        return state._replace(stage=Stage.OTHER, other=char)
    if char in _ACCIDENTALS:
        return state._replace(stage=Stage.OTHER_ACCIDENTAL, other=char)
    return state._replace(stage=Stage.NOTED, other="") if char == "]" else None


def _mark_of_other(state: Tie, char: str) -> Tie | None:
    right = char == ("'" if state.other[0].islower() else ",")
    if not right or len(state.other) > _MOST_MARKS:
        return None
    return state._replace(other=state.other + char)
