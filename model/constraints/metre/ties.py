"""The automaton of ties: the notes that they lead to, with their octave marks and accidentals.

It is separate from the automaton of bars, since the name of a note matters only to its tie. A tie leads to a
note of the same letter and octave, either without an accidental (it then sounds like the tied note) or with
that of the tied note. A chord is represented by its first note.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from tuneloom.model.constraints.metre.state import END

__all__ = ["FREE", "TieStage", "TieState", "pending_chars", "tie_transitions"]

_LETTERS = "ABCDEFGabcdefg"
_ACCIDENTALS = "^=_"
_DOUBLE = "^_"
_FIELDS = "KLM"
_MAX_MARKS = 3


TieStage = Literal[
    "line",  # at the start of a header line
    "header",  # inside one; `sign` is its letter
    "free",
    "accidental",  # `sign` is that of the next note
    "note",  # after its letter and some octave marks
    "noted",  # after a note that takes no more marks: the end of a tie, or a chord
    "bracket",
    "field",
    "first_accidental",  # in a chord, before its first note
    "first",  # after the first note of a chord
    "first_tied",  # the same, if it is the end of a tie
    "other_accidental",
    "other",  # after another note of the chord; `other` is its letter and marks
]
_CHORD_STAGES = ("first_accidental", "first", "first_tied", "other_accidental", "other")


class TieState(NamedTuple):
    """The note written last, or being written: `sign`, `letter`, and the number of octave `marks`.

    `due` says that a tie leads to the next note, which has to match it. While that one is being written,
    `marks` counts the marks that are missing.
    """

    stage: TieStage
    sign: str = ""
    letter: str = ""
    marks: int = 0
    due: bool = False
    begun: str = ""  # the accidental so far of the note that a tie leads to
    other: str = ""


FREE = TieState("free")


def pending_chars(state: TieState) -> int:
    """The characters that a tie needs in addition to the letter of a note."""
    if state.due:
        sign = len(state.sign) - len(state.begun) if state.begun else 0
        return sign + state.marks
    return 0


def tie_transitions(state: TieState, characters: str) -> dict[str, TieState]:
    """The state after each character that may come next, END included."""
    found = {char: _successor(state, char) for char in (*characters, END)}
    return {char: target for char, target in found.items() if target is not None}


def _successor(state: TieState, char: str) -> TieState | None:
    if char == END:
        return None if state.due else TieState("line")
    if state.stage in ("line", "header"):
        return _in_header(state, char)
    if state.stage == "field":
        return state if char != "]" else _after_brackets(state)
    if state.stage in _CHORD_STAGES:
        return _in_chord(state, char)
    if state.stage == "bracket":
        if char in _FIELDS:
            return state._replace(stage="field")
        if char == "1":
            return _after_brackets(state)
        return _first_of_chord(state, char)
    return _outside(state, char)


def _in_header(state: TieState, char: str) -> TieState:
    if state.stage == "line":
        return TieState("header", char)
    if char != "\n":
        return state
    return FREE if state.sign == "K" else TieState("line")


def _after_brackets(state: TieState) -> TieState:
    """After brackets without notes."""
    return state._replace(stage="free") if state.due else FREE


def _outside(state: TieState, char: str) -> TieState | None:
    if state.stage == "accidental":
        return _after_accidental(state, char, "accidental")
    if char in "',":
        return _octave_mark(state, char)
    if state.stage == "note" and state.due and state.marks:
        return None  # the end of the tie lacks octave marks
    if state.stage in ("note", "noted"):
        if char == "-":
            return state._replace(stage="free", due=True)
        if char.isdigit() or char == "/":
            return state._replace(stage="noted")
        state = FREE
    if char == "-" or (char == "z" and state.due):
        return None
    if char in _ACCIDENTALS:
        return _begin_accidental(state, char, "accidental")
    if char in _LETTERS:
        return _note_letter(state, char, "note", "noted")
    return state._replace(stage="bracket") if char == "[" else state


def _begin_accidental(state: TieState, char: str, stage: TieStage) -> TieState | None:
    """The first character of an accidental."""
    if not state.due:
        return TieState(stage, char)
    return state._replace(stage=stage, begun=char) if state.sign.startswith(char) else None


def _after_accidental(state: TieState, char: str, stage: TieStage) -> TieState | None:
    first = stage == "first_accidental"
    if char in _ACCIDENTALS:
        if state.due:
            longer = state.begun + char
            return state._replace(begun=longer) if state.sign.startswith(longer) else None
        return state._replace(sign=char * 2) if char in _DOUBLE and state.sign == char else None
    if char not in _LETTERS or (state.due and state.begun != state.sign):
        return None
    if first:
        return _note_letter(state, char, "first", "first_tied")
    return _note_letter(state, char, "note", "noted")


def _note_letter(state: TieState, char: str, stage: TieStage, tied: TieStage) -> TieState | None:
    if not state.due:
        return TieState(stage, state.sign, char)
    if char != state.letter:
        return None
    if state.marks:
        return state._replace(stage=stage, begun="", other=str(state.marks))
    return state._replace(stage=tied, begun="", due=False)


def _octave_mark(state: TieState, char: str) -> TieState | None:
    if state.stage not in ("note", "first"):
        return None
    if char != ("'" if state.letter.islower() else ","):
        return None
    if not state.due:
        return state._replace(marks=state.marks + 1) if state.marks < _MAX_MARKS else None
    if state.marks > 1:
        return state._replace(marks=state.marks - 1)
    stage: TieStage = "noted" if state.stage == "note" else "first_tied"
    return state._replace(stage=stage, marks=int(state.other), other="", due=False)


def _first_of_chord(state: TieState, char: str) -> TieState | None:
    if char in _ACCIDENTALS:
        return _begin_accidental(state, char, "first_accidental")
    return _note_letter(state, char, "first", "first_tied") if char in _LETTERS else None


def _in_chord(state: TieState, char: str) -> TieState | None:
    if state.stage == "first_accidental":
        return _after_accidental(state, char, "first_accidental")
    if state.stage == "other_accidental":
        if char in _DOUBLE and state.other == char:
            return state._replace(other=char * 2)
        return state._replace(stage="other", other=char) if char in _LETTERS else None
    if char in "',":
        if state.stage == "other":
            return _octave_mark_of_other(state, char)
        return _octave_mark(state, char)
    if state.due:
        return None  # the first note, the end of a tie, lacks octave marks
    if char in _LETTERS:
        return state._replace(stage="other", other=char)
    if char in _ACCIDENTALS:
        return state._replace(stage="other_accidental", other=char)
    return state._replace(stage="noted", other="") if char == "]" else None


def _octave_mark_of_other(state: TieState, char: str) -> TieState | None:
    right = char == ("'" if state.other[0].islower() else ",")
    if not right or len(state.other) > _MAX_MARKS:
        return None
    return state._replace(other=state.other + char)
