"""The values of a JSON text in order: those of its lines (JSON Lines), or the elements of a list.

Only one value is in memory at a time, and one that is broken costs no other.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from tuneloom.corpus.tables.lines import LineTooLong, TextLines
from tuneloom.corpus.tables.rows import BadTable

__all__ = ["JsonFault", "JsonValue", "read_json_values"]

_PIECE = 1 << 16
_BLANKS_AND_COMMA = re.compile(r"[ \t\r\n]*(?:,[ \t\r\n]*)?")
_NEXT_OBJECT = re.compile(r"\}\s*,\s*(?=\{)")
_MARGIN = 64  # characters at the end of a piece that may be half of what is looked for


class JsonFault(NamedTuple):
    """What is wrong with a value."""

    message: str


class JsonValue(NamedTuple):
    """A value or what is wrong with it, and the line on which it begins."""

    line: int
    value: object


def read_json_values(text: TextLines, limit: int) -> Iterator[JsonValue]:
    """The elements of a list, the values of lines, or the one value of a document on several lines.

    Neither a line, an element nor a document may have more characters than the limit.

    Raises:
        BadTable: a list does not end.
    """
    if text.begins_with(b"["):
        yield from _ListReader(text, limit).values()
        return
    lines = _numbered_lines(text)
    start = next((line for line in lines if line.value), None)
    if start is None:
        return
    if isinstance(start.value, str) and not start.value.rstrip().endswith("}"):
        kept = [start, *_up_to(lines, limit)]
        document = _loads("".join(str(line.value) for line in kept))
        if not isinstance(document, JsonFault):
            yield JsonValue(start.line, document)
            return
        lines = chain(kept[1:], lines)
    for number, line in chain([start], lines):
        if line:
            yield JsonValue(number, _loads(line) if isinstance(line, str) else line)


def _numbered_lines(text: TextLines) -> Iterator[JsonValue]:
    """The lines with their numbers; an empty one has no text, and one that is too long a fault."""
    number = 0
    while True:
        number += 1
        try:
            line = text.read_line()
        except LineTooLong as error:
            yield JsonValue(number, JsonFault(str(error)))
            continue
        if not line:
            return
        yield JsonValue(number, line if line.strip() else "")


def _up_to(lines: Iterator[JsonValue], limit: int) -> Iterator[JsonValue]:
    """Lines of so many characters together."""
    size = 0
    for line in lines:
        yield line
        size += len(str(line.value))
        if size > limit:
            return


def _loads(text: str) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        return JsonFault(f"this is no JSON: {_reason(error)} at column {error.colno}")
    except (ValueError, RecursionError):
        return JsonFault("this is no JSON that can be read: a number is too long or lists too deep")


def _reason(error: json.JSONDecodeError) -> str:
    return error.msg[:1].lower() + error.msg[1:].removesuffix(" at").removesuffix(" starting")


class _ListReader:
    """Reads the elements of a list from a text that is larger than memory, piece by piece."""

    def __init__(self, text: TextLines, limit: int) -> None:
        self._source = text
        self._limit = limit
        self._decoder = json.JSONDecoder()
        self._text = ""
        self._at = 0
        self._line = 1
        self._ended = False

    def values(self) -> Iterator[JsonValue]:
        within = False
        while sign := self._next_sign():
            if sign in "[]" and within == (sign == "]"):
                within = sign == "["
                self._advance(self._at + 1)
            elif within:
                yield self._value()
            else:
                raise BadTable("there is more after the end of the list", self._line)
        if within:
            raise BadTable("the file ends before the list does", self._line)

    def _next_sign(self) -> str:
        """The next character that is no blank or comma; empty at the end."""
        while True:
            blanks = _BLANKS_AND_COMMA.match(self._text, self._at)
            assert blanks is not None  # as it may be empty
            self._advance(blanks.end())
            if self._at < len(self._text) or self._ended:
                return self._text[self._at : self._at + 1]
            self._read_on()

    def _value(self) -> JsonValue:
        line, size = self._line, _PIECE
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                fault, place = f"this is no JSON: {_reason(error)}", error.pos
                cut = error.msg.startswith("Unterminated") or place > len(self._text) - _MARGIN
            except (ValueError, RecursionError):
                fault, place, cut = "a number is too long, or lists are too deep", self._at, False
            else:
                if end < len(self._text) or self._ended:
                    self._advance(end)
                    return JsonValue(line, value)
                cut = True  # a number may go on
            if not cut or self._ended:
                break
            if len(self._text) - self._at > self._limit:
                fault, place = f"the value has more than {self._limit:,} characters", self._at
                break
            self._read_on(size)
            size *= 2
        self._skip_to_object(place)
        return JsonValue(line, JsonFault(fault))

    def _skip_to_object(self, place: int) -> None:
        """Skip what is broken, up to the next object of the list."""
        self._advance(place)
        while not (found := _NEXT_OBJECT.search(self._text, self._at)) and not self._ended:
            self._advance(max(self._at, len(self._text) - _MARGIN))
            self._read_on()
        self._advance(found.end() if found else len(self._text))

    def _read_on(self, size: int = _PIECE) -> None:
        piece = self._source.read_text(size)
        self._ended = not piece
        self._text = self._text[self._at :] + piece
        self._at = 0

    def _advance(self, place: int) -> None:
        self._line += self._text.count("\n", self._at, place)
        self._at = place
