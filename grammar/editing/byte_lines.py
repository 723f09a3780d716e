"""The lines of a file with their places in its bytes, whatever charset it is in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from tuneloom.grammar.source.charset import byte_order_mark

__all__ = ["ByteLine", "byte_lines", "first_line_end"]

_LINE = re.compile(rb"([^\r\n]*)(\r\n|\r|\n|\Z)")
_LINE_END = re.compile(rb"\r\n|\r|\n")
_DOS_END_OF_FILE = b"\x1a"


class ByteLine(Struct, frozen=True):
    """A line: its text, in UTF-8 where the file is UTF-16, and its places in bytes.

    `text_end` is before the line end and what ends a file on DOS; `end` is after them.
    """

    text: bytes
    start: int
    text_end: int
    end: int

    @property
    def is_empty(self) -> bool:
        return not self.text.strip()


def byte_lines(data: bytes, charset: str) -> list[ByteLine]:
    """The lines of a file, in the order and with the numbers that `read_book` gives them."""
    begin = len(byte_order_mark(data))
    if _is_wide(charset):
        return list(_lines_of(data[begin:].decode(charset).encode(), begin, charset))
    return list(_lines_of(data[begin:], begin))


def first_line_end(data: bytes, charset: str) -> bytes:
    """The first line end of a text, in its charset; LF if there is none."""
    match = _LINE_END.search(data.decode(charset).encode() if _is_wide(charset) else data)
    return (match[0].decode() if match else "\n").encode(charset)


def _is_wide(charset: str) -> bool:
    """Whether a character of ASCII has several bytes, so that lines cannot be searched for in bytes."""
    return charset.startswith("utf-16")


def _lines_of(body: bytes, start: int, wide: str = "") -> Iterator[ByteLine]:
    for match in _LINE.finditer(body):
        if match[0] or match.start() == 0:
            text = match[1].rstrip(_DOS_END_OF_FILE)
            end = start + _byte_count(match[0], wide)
            yield ByteLine(text, start, start + _byte_count(text, wide), end)
            start = end


def _byte_count(text: bytes, wide: str) -> int:
    return len(text.decode().encode(wide)) if wide else len(text)
