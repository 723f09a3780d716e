"""How the state of a text goes on with its next character. What makes no sense is passed over."""

from __future__ import annotations

from tuneloom.grammar.tune.durations import is_compound
from tuneloom.model.aids.music.music_state import Aside, Division, Event, Length, Mode, MusicState
from tuneloom.model.aids.music.note_lengths import (
    begin_length,
    end_chord,
    lengthen,
    read_tuplet,
)

__all__ = ["follow"]

_NOTES = frozenset("ABCDEFGabcdefg")
_RESTS = frozenset("zx")
_DIGITS = frozenset("0123456789")
_LENGTHS = _DIGITS | frozenset("/<>")
_OCTAVES = frozenset(",'")
_ALTERATIONS = {"^": 1, "_": -1, "=": 0}
_ASIDES: dict[str, Aside] = {'"': "quote", "!": "decoration", "{": "grace"}
_FIELD_LETTERS = frozenset("HIJKLMNOPQRSTUVWhijklmnopqrstuvw")
_FIELDS_READ = frozenset("KLM")
_MAX_FIELD = 64
_MAX_TUPLET = 12
_ENDS_DECORATION = frozenset(" \t\n|:[]")


def follow(before: MusicState, char: str) -> MusicState:
    """The state after one more character."""
    state = before._replace(
        event="",
        division="",
        is_blank=char in " \n",
        bar_sign="",
        accidental=None if before.event in ("note", "inner") else before.accidental,
        has_pitch=before.has_pitch and char in _OCTAVES,
        field="" if before.event == "field" else before.field,
    )
    if state.aside:
        return _in_aside(state, char)
    match state.mode:
        case "header" | "field line":
            return _in_field_line(state, char)
        case "field":
            return _in_inline_field(state, char)
        case "name" | "letter" if char == ":":
            mode: Mode = "field line" if state.mode == "name" else "field"
            return state._replace(mode=mode, field=_add_to_field(state.field, char), length="")
        case "bracket":
            return _after_bracket(state, char)
        case "line" if char in _FIELD_LETTERS:
            return state._replace(mode="name", field=char, length="")
        case "letter":
            return _music_char(state._replace(mode="chord", field=""), char, "")
        case "line" | "name":
            state = state._replace(mode="music", field="")
    return _music_char(state, char, before.bar_sign)


def _in_aside(state: MusicState, char: str) -> MusicState:
    if char == "\n":
        return follow(state._replace(aside=""), char)
    if state.aside == "escape":
        return state._replace(aside="quote")
    if state.aside == "quote":
        after: Aside = "" if char == '"' else "escape" if char == "\\" else "quote"
        return state._replace(aside=after)
    if state.aside == "decoration":
        if char in _ENDS_DECORATION:
            return follow(state._replace(aside=""), char)
        return state._replace(aside="" if char == "!" else "decoration")
    if char == "}":
        return state._replace(aside="")
    if char in _NOTES:
        return state._replace(event="inner", has_pitch=True)
    return _with_pitch_sign(state, char)._replace(length=state.length)


def _in_field_line(state: MusicState, char: str) -> MusicState:
    if char != "\n":
        return state._replace(field=_add_to_field(state.field, char))
    after = _with_field(state)
    if state.mode == "field line":
        return after._replace(mode="line")
    if state.field.startswith("K:"):
        # The music begins as after a bar line.
        return after._replace(mode="line", at_bar_line=True)
    return after


def _in_inline_field(state: MusicState, char: str) -> MusicState:
    if char == "]":
        return _with_field(state)._replace(mode="music")
    if char == "\n":
        return state._replace(mode="line", field="")
    return state._replace(field=_add_to_field(state.field, char))


def _add_to_field(field: str, char: str) -> str:
    if field and (field[0] not in _FIELDS_READ or len(field) == _MAX_FIELD):
        return field
    return field + char


def _with_field(state: MusicState) -> MusicState:
    if state.field[:2] == "M:":
        state = state._replace(is_compound=_is_compound(state.field[2:]))
    return state._replace(event="field")


def _is_compound(meter: str) -> bool:
    return meter.isascii() and is_compound(meter)


def _after_bracket(state: MusicState, char: str) -> MusicState:
    if char in _FIELD_LETTERS:
        return state._replace(mode="letter", field=char)
    if char in _DIGITS:
        return _in_bar_line(state._replace(mode="music"), char, "ending")
    if char in "|:]":
        return _in_bar_line(state._replace(mode="music"), char, _division(char, "["))
    if char in " \n":
        return _music_char(state._replace(mode="music"), char, "")
    return _music_char(state._replace(mode="chord", length=""), char, "")


def _music_char(state: MusicState, char: str, bar_sign: str) -> MusicState:
    if state.tuplet:
        if char in _DIGITS or (char == ":" and len(state.tuplet) > 1):
            return state._replace(tuplet=(state.tuplet + char)[:_MAX_TUPLET])
        state = read_tuplet(state)
    if char in _NOTES or char in _RESTS:
        return _timed(state, char)
    if char in _LENGTHS and not bar_sign:
        return lengthen(state, char)
    if char in _OCTAVES or char in _ALTERATIONS:
        return _with_pitch_sign(state, char)
    if char == "|" or (char == ":" and state.mode != "chord") or (char == "]" and bar_sign):
        return _in_bar_line(state._replace(mode="music"), char, _division(char, bar_sign))
    if char in _DIGITS and bar_sign:
        return _in_bar_line(state, char, "ending")
    if char in _ASIDES:
        return state._replace(aside=_ASIDES[char])
    return _other(state, char)


def _division(sign: str, sign_before: str) -> Division:
    """What a sign of a bar line says, after another or none."""
    if sign == ":":
        return "repeat" if sign_before in ("|", ":") else "repeat end"
    return "section" if sign_before or sign == "]" else ""


def _other(state: MusicState, char: str) -> MusicState:
    closed = state._replace(length="closed") if state.length else state
    is_chord = state.mode == "chord"
    match char:
        case "[":
            return state._replace(mode="bracket", length="")
        case "]" if is_chord:
            return end_chord(state)._replace(mode="music")
        case "-" if state.length and not state.is_rest and not is_chord:
            return closed._replace(event="tie", is_tied=True)
        case "-" | ")":
            return closed
        case "\n":
            return state._replace(mode="line", length="")
        case "(" if not is_chord:
            return state._replace(tuplet="(", length="")
        case "Z" | "X":
            return state._replace(event="bars", length="", at_bar_line=False)
        case "&":
            return state._replace(event="overlay", length="")
    return closed if is_chord else state._replace(length="")


def _timed(state: MusicState, char: str) -> MusicState:
    is_note = char in _NOTES
    if state.mode == "chord" and state.length:
        event: Event = "inner" if is_note else ""
        return state._replace(event=event, length="closed", has_pitch=is_note)
    return begin_length(state)._replace(
        event="note" if is_note else "rest",
        at_bar_line=False,
        has_pitch=is_note,
        is_rest=not is_note,
        is_tied=False,
    )


def _with_pitch_sign(state: MusicState, char: str) -> MusicState:
    if char in _OCTAVES:
        return state._replace(event="octave") if state.has_pitch else state
    if char not in _ALTERATIONS:
        return state
    alteration = _ALTERATIONS[char]
    if alteration:
        alteration = max(-2, min(2, alteration + (state.accidental or 0)))
    length: Length = "closed" if state.length and state.mode == "chord" else ""
    return state._replace(accidental=alteration, length=length)


def _in_bar_line(state: MusicState, char: str, division: Division) -> MusicState:
    event: Event = "" if state.at_bar_line else "bar"
    sign = "" if division == "ending" else char
    return state._replace(
        event=event, division=division, at_bar_line=True, bar_sign=sign, length=""
    )
