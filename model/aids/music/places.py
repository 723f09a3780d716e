"""What kind of place a text has come to, as far as that says what may follow."""

from __future__ import annotations

from tuneloom.model.aids.music.music_state import MusicState

__all__ = ["PLACES", "place_of"]

_HEADER_FIELDS = "MLKR"
_PLACES_OF_MODES = {"name": 6, "field line": 7, "bracket": 8, "letter": 9, "field": 9}
(
    _IN_ASIDE, _TUPLET, _ARROW, _ACCIDENTAL, _CHORD, _OCTAVE, _NOTE, _REST, _TIE, _SLASHED, _LENGTHENED,
    _CLOSED, _BAR_SIGN, _LINE_START, _BLANK, _OTHER,
) = range(10, 26)  # fmt: skip

PLACES = _OTHER + 1
"""The number of kinds of places."""


def place_of(state: MusicState) -> int:
    """The kind of place after the last character: in the header by field, in the music by token."""
    if state.mode == "header":
        return 1 + _HEADER_FIELDS.find(state.field[:1]) + 1 if state.field else 0
    if state.mode in _PLACES_OF_MODES:
        return _PLACES_OF_MODES[state.mode]
    return _place_in_music(state)


def _place_in_music(state: MusicState) -> int:
    if state.aside:
        return _IN_ASIDE
    if state.tuplet:
        return _TUPLET
    if state.accidental is not None and state.event not in ("note", "inner"):
        return _ACCIDENTAL
    if state.mode == "chord":
        return _CHORD
    if state.bar_sign:
        return _BAR_SIGN
    if state.mode == "line":
        return _LINE_START
    if state.is_blank:
        return _BLANK
    return _place_in_note(state)


def _place_in_note(state: MusicState) -> int:
    match state.event:
        case "note" | "inner":
            return _NOTE
        case "rest":
            return _REST
        case "octave":
            return _OCTAVE
        case "tie":
            return _TIE
    if state.arrows:
        return _ARROW
    if state.length == "closed":
        return _CLOSED
    if state.slashes:
        return _SLASHED
    return _LENGTHENED if state.length else _OTHER
