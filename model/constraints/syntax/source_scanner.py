"""Which source text the resolver leaves as it is, scanned character by character.

The automaton of the grammar reads resolved text, but a drawn tune is source text, which the resolver reads
first. The two are equal as long as the text has no comment, continuation, macro, redefined letter, or field
with blanks before its letter or colon, so the scanner refuses these. It also checks what the score asks of a
drawn tune: no empty line, no second `X:`, one voice, and at least one note.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

__all__ = ["ScannerMode", "ScannerState", "advance"]

_NOTES = frozenset("ABCDEFGabcdefg")
_FIELDS = frozenset("HIJKLMNOPQRSTUVWhijklmnopqrstuvw")
# U:, m: and I: give characters another meaning, and X: begins another tune. V: is refused because the score
# wants a note in the first voice, and a second voice might come first.
_FORBIDDEN_FIELDS = frozenset("UmIXV")

ScannerMode = Literal[
    "start",  # at the start of a line
    "blank",  # after blanks at the start of a line
    "letter",  # after one letter, which `:` makes a field
    "length_letter",  # the same after L or M, which have a meaning in music
    "blank_letter",  # after blanks and a letter, which `:` may make a field
    "blank_length_letter",
    "blank_colon",  # after blanks, a letter and `:`, a field if no other part of a bar line follows
    "spaced_letter",  # after L or M and blanks
    "spaced_colon",  # after L or M, blanks and `:`, a field if its value may follow
    "field",
    "music",
    "quote",
    "escaped",  # after a backslash in a quote
    "decoration",
    "bracket",  # after `[`
    "bracket_letter",  # after `[` and a letter, which `:` makes a field
    "inline",
    "inline_bang",  # in an inline field that contains `!`
]
"""The kind of text that the next character continues."""


class ScannerState(NamedTuple):
    """What has to be known of the text so far."""

    mode: ScannerMode = "start"
    letter: str = ""  # of the field, if it is K or forbidden
    in_body: bool = False
    in_grace: bool = False
    has_note: bool = False
    has_bracket: bool = False  # in an inline field of this line
    backslash: str = ""  # set if the text ends in a backslash, or in one and blanks


def advance(state: ScannerState, char: str) -> ScannerState | None:
    """The state after a character; None if the resolver would change it, or the score refuse it."""
    if char == "%" and state.backslash != "\\":
        return None
    if char == "!" and state.has_bracket:
        return None  # after a bracket in an inline field, see `_scan_inline_field`
    if char == "\n":
        return _end_line(state)
    after = _scan(state, char)
    if after is None:
        return None
    if char == "\\":
        return after._replace(backslash=char)
    return after._replace(backslash="\\ " if state.backslash and char.isspace() else "")


def _end_line(state: ScannerState) -> ScannerState | None:
    if state.mode in ("start", "blank", "blank_colon") or state.backslash:
        return None  # an empty line ends a tune, and a backslash joins two lines
    in_body = state.in_body or (state.mode == "field" and state.letter == "K")
    return ScannerState(in_body=in_body, has_note=state.has_note)


def _scan(state: ScannerState, char: str) -> ScannerState | None:
    mode = state.mode
    if mode in _UNTIL:
        return state._replace(mode=_UNTIL[mode].get(char, mode))
    if mode == "escaped":
        return state._replace(mode="quote")
    if mode == "field":
        return state
    if mode in ("inline", "inline_bang"):
        return _scan_inline_field(state, char)
    if mode in ("letter", "length_letter", "bracket_letter") and char == ":":
        return _begin_field(state)
    if mode in ("start", "blank") and char.isspace():
        return state._replace(mode="blank")
    if mode == "blank_colon":
        return _scan_music(state, char) if char in _BARS else None
    if mode == "spaced_colon" and (char in _VALUES or char.isspace()):
        return state if char.isspace() else None
    if state.in_body and (mode, char) in _SPACED:
        return state._replace(mode=_SPACED[mode, char])
    if mode == "start" and (char in _FIELDS or char == "X" or not state.in_body):
        return _begin_letter(state, "letter", char)
    if mode == "bracket" and char in _FIELDS:
        return _begin_letter(state, "bracket_letter", char)
    return _scan_music(state._replace(letter=""), char)


_BARS = frozenset("|:[]")
_VALUES = frozenset("ABCDEFG0123456789")
# What may become a field of the body with blanks before its letter or its colon.
_SPACED: dict[tuple[ScannerMode, str], ScannerMode] = {
    **{("start", letter): "length_letter" for letter in "LM"},
    **{("blank", letter): "blank_letter" for letter in _FIELDS},
    **{("blank", letter): "blank_length_letter" for letter in "LM"},
    ("blank_letter", ":"): "blank_colon",
    ("blank_length_letter", ":"): "blank_colon",
    **{
        (mode, blank): "spaced_letter"
        for mode in ("length_letter", "blank_length_letter", "spaced_letter")
        for blank in " \t"
    },
    ("spaced_letter", ":"): "spaced_colon",
}

_UNTIL: dict[ScannerMode, dict[str, ScannerMode]] = {
    "quote": {'"': "music", "\\": "escaped"},
    "decoration": {"!": "music"},
}


def _begin_letter(state: ScannerState, mode: ScannerMode, char: str) -> ScannerState:
    return state._replace(
        mode=mode, letter=char if char == "K" or char in _FORBIDDEN_FIELDS else ""
    )


def _begin_field(state: ScannerState) -> ScannerState | None:
    if state.mode == "bracket_letter":
        return None if state.letter == "V" else state._replace(mode="inline", letter="")
    if state.letter in _FORBIDDEN_FIELDS:
        return None
    return state._replace(mode="field", letter="" if state.in_body else state.letter)


def _scan_inline_field(state: ScannerState, char: str) -> ScannerState | None:
    """The resolver reads an inline field with a bracket in it as music, and a `!` there as a decoration."""
    if char == "[":
        return None if state.mode == "inline_bang" else state._replace(has_bracket=True)
    if char == "!":
        return state._replace(mode="inline_bang")
    return state._replace(mode="music" if char == "]" else state.mode)


_OPENS: dict[str, ScannerMode] = {'"': "quote", "!": "decoration", "[": "bracket"}


def _scan_music(state: ScannerState, char: str) -> ScannerState:
    """Grace notes do not count as notes."""
    if char in "{}":
        return state._replace(mode="music", in_grace=char == "{")
    has_note = state.has_note or (char in _NOTES and not state.in_grace)
    return state._replace(mode=_OPENS.get(char, "music"), has_note=has_note)
