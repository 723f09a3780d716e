"""Repairs of fields in the body: those inside music get brackets, those that it may not have are comments."""

from __future__ import annotations

import re

from tuneloom.grammar.repairs.interface import Repair, RepairPlace
from tuneloom.grammar.source.segments import is_field, key_line, without_comment

__all__ = ["FIELDS_IN_MUSIC", "bracket_meter", "comment_line"]

_HEADER_LETTERS = frozenset("ABCDFGZ")
# A field in the middle of music, with a value whose end can be told.
_FIELD_IN_MUSIC = re.compile(
    r"(?P<letter>[MLK]):[ ]?(?P<value>\d+/\d+|C\|"
    r"|[A-G][#b]?(?:m(?![a-z])|(?:maj|min|mix|dor|phr|lyd|loc|aeo)[a-z]*)?(?=[ \t\\]|$))"
)


def bracket_meter(text: str, place: RepairPlace) -> str:
    """`|M:3/4 ABc` is `|[M:3/4] ABc`; abcjs takes the bare M for a mordent, and C for a note."""
    return _bracket_field(text, place, "M")


def comment_line(_: str, place: RepairPlace) -> str:
    """The tune with the line as a comment."""
    return place.with_line("%" + place.current_line)


def _bracket_key(text: str, place: RepairPlace) -> str:
    """`|K:G ABc` is `|[K:G] ABc`; a program that overlooked it played in the key before."""
    return _bracket_field(text, place, "KL")


def _bracket_field(text: str, place: RepairPlace, letters: str) -> str:
    line, column = place.current_line, place.column
    match = _FIELD_IN_MUSIC.match(line, column)
    if match is None or match["letter"] not in letters or line[column - 1 : column] == "[":
        return text
    field = f"[{match['letter']}:{match['value']}]"
    return place.with_line(line[:column] + field + line[match.end() :])


def _move_into_header(text: str, place: RepairPlace) -> str:
    """A field of the header, such as C:, goes before K: with the lines that continue it."""
    lines = list(place.lines)
    end = place.line + 1
    while end < len(lines) and lines[end].startswith("+:"):
        end += 1
    field = _without_blanks(lines[place.line])
    if field[:1] not in _HEADER_LETTERS:
        return text
    key = key_line(lines)
    moved = [field, *lines[place.line + 1 : end]]
    return "\n".join([*lines[:key], *moved, *lines[key : place.line], *lines[end:]])


def _without_blanks(line: str) -> str:
    """` Z : me` is `Z:me`."""
    return re.sub(r"^[ \t]*([A-Za-z])[ \t]*:", r"\1:", line)


def _goes_on(place: RepairPlace) -> bool:
    """Whether the line before ends with a continuation, so that abcjs takes the field for music."""
    return place.line > 0 and without_comment(place.lines[place.line - 1]).rstrip().endswith("\\")


def _move_lone_field(text: str, place: RepairPlace) -> str:
    """A field as it should be written, with no blanks: abcjs plays the letters of others."""
    is_known = place.current_line[1:2] == ":" and not _goes_on(place)
    return _move_into_header(text, place) if is_known else text


def _comment_lone_field(text: str, place: RepairPlace) -> str:
    """E: said how far apart the notes are to be drawn, and players still know the field."""
    is_known = place.current_line.startswith("E:") and not _goes_on(place)
    return _comment_field(text, place) if is_known else text


def _comment_field(text: str, place: RepairPlace) -> str:
    """A field that neither the body nor the header may have, such as E:, says nothing that sounds."""
    return comment_line(text, place) if is_field(place.current_line, in_body=False) else text


FIELDS_IN_MUSIC = (
    Repair(
        "meter-in-music", "field-in-music", "a metre inside music gets its brackets",
        "error", bracket_meter, safe=False,
    ),
    Repair(
        "key-in-music", "field-in-music", "a key or length inside music gets its brackets",
        "error", _bracket_key, safe=False,
    ),
    Repair(
        "length-in-music", "bad-unit-note-length", "a length inside music gets its brackets",
        "error", _bracket_key, safe=False,
    ),
    Repair(
        "header-field-in-body", "field-after-key", "a field of the header moves there",
        "error", _move_lone_field,
    ),
    Repair(
        "spacing-field", "field-after-key", "E:, which is no longer in ABC 2.1, becomes a comment",
        "error", _comment_lone_field,
    ),
    Repair(
        "header-field-among-notes", "field-after-key", "the same after a `\\`, or with blanks",
        "error", _move_into_header, safe=False,
    ),
    Repair(
        "other-field-in-body", "field-after-key", "any field that ABC 2.1 does not have becomes a comment",
        "error", _comment_field, safe=False,
    ),
)  # fmt: skip
