"""Layer 1, the tunebook: from the bytes of a file to its tunes, each with its place in the file.

Sections 2.2 and 8 of ABC 2.1: a tune begins with `X:` and ends at an empty line. Between tunes there may be
free text and typeset text, which is not music. Line ends are LF, CRLF or CR, in any mixture.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain, pairwise
from typing import Literal, NamedTuple

from msgspec import Struct

from tuneloom.grammar.source.charset import byte_order_mark, charset_of

__all__ = ["Book", "BookTune", "read_book"]

_TUNE_START = re.compile(rb"X:|[ \t]*X[ \t]*:[ \t]*[0-9]")
_FIELD_OR_DIRECTIVE = re.compile(rb"[A-Za-z]:|%%")
_KEY = re.compile(rb"[ \t]*K[ \t]*:")
_IN_TUNE = re.compile(rb"[XTK]:")
_IN_FILE_HEADER = re.compile(rb"[A-Za-z]:|\s*%")
_SPACED_FIELD = re.compile(rb"[ \t]*[A-Za-z][ \t]*:")
_QUOTED = re.compile(rb'"[^"]*"|![^!\s]+!|%.*')
_NOTES = re.compile(rb"[A-Ga-gxzZHLMOPSTuv0-9^_=,'/<>(){}\[\]|:.~&!*\\\s-]*")
_NOTE = re.compile(rb"[A-Ga-g]")
_LENGTH = re.compile(rb"[A-Ga-gz][,']*/?[2-9]")
_MIN_NOTES = 4  # of a line without bar lines, so that no word is taken for one
_FENCE = re.compile(rb"\s*(?:`{3,}|~{3,})\s*(?:[\w-]+\s*)?")  # around code in Markdown
# Fields, and the directives that change how music is read.
_MEANINGFUL_FIELD = re.compile(rb"[A-Za-z]:|%%(?:propagate-accidentals|linebreak|decoration)\b")
_BEFORE_LINE = re.compile(rb"(?:\xef\xbb\xbf)?(?:(?:<[^<>]{1,40}>\s*)+(?=X:))?")
_LINE_END = b"\r\n\x1a"  # and what ends a file on DOS
# How an empty line, a fence or a tune may begin. No other line divides blocks.
_DIVIDING = frozenset((b"", b" ", b"\t", b"\v", b"\f", b"\r", b"\n", b"`", b"~", b"X"))
_TYPESET_BLOCK = re.compile(rb"%%begin(text|ps|svg)")


class BookTune(Struct, frozen=True):
    """One tune as found: `text` has LF line ends; `offset` is in bytes, `line` counts from 1.

    `rejoined` says that an empty line separated the header from the music; it is a comment in `text`.
    """

    text: str
    offset: int
    line: int
    rejoined: bool = False


class Book(Struct, frozen=True):
    """The tunes of one file, the charset in which it was read, and its header.

    `orphans` are passages of music that belong to no tune, each from its first bars on, and fields that
    belong neither to a tune nor to the header.

    `header` has the lines before the first empty one, if they are all fields and directives: they apply
    to every tune of the file (section 2.2.2), and are given to `parse` with each tune.
    """

    charset: str
    header: str
    tunes: tuple[BookTune, ...]
    orphans: tuple[BookTune, ...] = ()


class _Line(NamedTuple):  # there are many, and a tuple is made in a third of the time
    number: int
    offset: int
    data: bytes


def read_book(data: bytes) -> Book:
    """Find the tunes in the bytes of a file. Never raises: bytes that hold no tune give none."""
    charset = charset_of(data)
    mark = byte_order_mark(data)
    body = data[len(mark) :]
    if charset.startswith("utf-16"):
        # Lines are searched for in bytes, which a character of UTF-16 has two of.
        lines = list(_physical_lines(body.decode(charset).encode(), len(mark), charset))
        read_as = "utf-8"
    else:
        lines = list(_physical_lines(body, len(mark)))
        read_as = charset
    if b"%%begin" in body or read_as != charset:
        lines = list(_outside_typeset_blocks(lines))
    header = _file_header(lines)
    tunes: list[BookTune] = []
    orphans: list[BookTune] = []
    for block, kind in _kept_blocks(_tune_blocks(lines[len(header) :])):
        text = _decode_lines(block, read_as)
        found = BookTune(text, block[0].offset, block[0].number, kind == "rejoined")
        (orphans if kind == "orphan" else tunes).append(found)
    return Book(charset, _decode_lines(header, read_as), tuple(tunes), tuple(orphans))


def _file_header(lines: list[_Line]) -> list[_Line]:
    """The lines up to the first empty one, or nothing if they include a tune or other text."""
    header: list[_Line] = []
    for line in lines:
        if not line.data.strip():
            break
        if _IN_TUNE.match(line.data) or not _IN_FILE_HEADER.match(line.data):
            return []
        header.append(line)
    return header if any(_FIELD_OR_DIRECTIVE.match(line.data) for line in header) else []


def _physical_lines(data: bytes, offset: int, wide: str = "") -> Iterator[_Line]:
    """The lines of a file, without what ends it on DOS, marks within files put together, and tags before X:.

    `offset` is that of the data in the file. `wide` is the charset of a file that is UTF-8 only here.
    """
    for number, line in enumerate(data.splitlines(keepends=True) or [b""], start=1):
        text = line.rstrip(_LINE_END)
        at = offset
        offset += _width(line, wide) if wide else len(line)
        if text[:1] in (b"\xef", b"<") and (before := _BEFORE_LINE.match(text)):
            at += _width(before[0], wide)
            text = text[before.end() :]
        yield _Line(number, at, text)


def _width(text: bytes, wide: str) -> int:
    """How many bytes a text in UTF-8 has in the file."""
    return len(text.decode().encode(wide)) if wide else len(text)


def _tune_blocks(lines: list[_Line]) -> Iterator[list[_Line]]:
    """Cut the lines at empty lines and before each `X:`, into blocks that may be tunes."""
    block: list[_Line] = []
    for line in lines:
        if line.data[:1] not in _DIVIDING:
            block.append(line)
            continue
        empty = not line.data.strip() or _FENCE.fullmatch(line.data) is not None
        if block and (empty or _TUNE_START.match(line.data)):
            yield block
            block = []
        if not empty:
            block.append(line)
    if block:
        yield block


_BlockKind = Literal["tune", "rejoined", "orphan"]


def _kept_blocks(blocks: Iterable[list[_Line]]) -> Iterator[tuple[list[_Line], _BlockKind]]:
    """Keep the blocks that are tunes, music or fields. A header is joined with music after an empty line."""
    header: list[_Line] = []
    for block, following in pairwise(chain(blocks, [[]])):
        if header and _is_music(block):
            yield [*header, *_comments_for_empty_lines(header[-1], block[0]), *block], "rejoined"
            header = []
            continue
        if header:
            yield header, "tune"
        header = []
        if _is_header(block):
            header = block
        elif _TUNE_START.match(block[0].data) or _has_header_with_key(block):
            yield block, "tune"
        elif orphan := _from_first_bars(block) or _fields_without_tune(block, following):
            yield orphan, "orphan"
    if header:
        yield header, "tune"


def _from_first_bars(block: list[_Line]) -> list[_Line]:
    """The lines of a block from the first that is bars of notes, or nothing."""
    for index, line in enumerate(block):
        if _IN_FILE_HEADER.match(line.data):
            continue
        music = _QUOTED.sub(b"", line.data)
        if (_is_bars(music) and _NOTE.search(music)) or _is_notes(music):
            return block[index:]
    return []


def _fields_without_tune(block: list[_Line], following: list[_Line]) -> list[_Line]:
    """The fields of a block that has nothing else; of one with words, those directly before a tune."""
    begin = len(block)
    while begin and _IN_FILE_HEADER.match(block[begin - 1].data):
        begin -= 1
    is_before_tune = bool(following) and following[0].number == block[-1].number + 1
    if begin and not is_before_tune:
        return []
    while begin < len(block) and not _MEANINGFUL_FIELD.match(block[begin].data):
        begin += 1
    return block[begin:]


def _comments_for_empty_lines(before: _Line, after: _Line) -> Iterator[_Line]:
    """A comment for each empty line between two lines."""
    for number in range(before.number + 1, after.number):
        yield _Line(number, before.offset, b"%")


def _is_header(block: list[_Line]) -> bool:
    """Whether a block is the header of a tune, up to the key, and nothing more."""
    return _has_header_with_key(block) and all(_IN_FILE_HEADER.match(line.data) for line in block)


def _is_music(block: list[_Line]) -> bool:
    """Whether every line has bars of notes, or is a field or a comment between them."""
    if _TUNE_START.match(block[0].data):
        return False
    music = [line.data for line in block if not _IN_FILE_HEADER.match(line.data)]
    return bool(music) and all(_is_bars(_QUOTED.sub(b"", line)) for line in music)


def _is_bars(line: bytes) -> bool:
    return b"|" in line and _NOTES.fullmatch(line) is not None


def _is_notes(line: bytes) -> bool:
    """Whether a line without bar lines is notes, some of them with lengths, which no words look like."""
    is_music = _NOTES.fullmatch(line) is not None and _LENGTH.search(line) is not None
    return is_music and len(_NOTE.findall(line)) >= _MIN_NOTES


def _has_header_with_key(block: list[_Line]) -> bool:
    for line in block:
        if _KEY.match(line.data):
            return True
        if not _SPACED_FIELD.match(line.data) and not line.data.lstrip().startswith(b"%"):
            return False
    return False


def _outside_typeset_blocks(lines: list[_Line]) -> Iterator[_Line]:
    """Make comments of what is between `%%begintext` and `%%endtext` and the like, and is no music (11.4)."""
    index = 0
    never_ended: set[bytes] = set()
    while index < len(lines):
        begin = _TYPESET_BLOCK.match(lines[index].data)
        end = None
        if begin and begin.group() not in never_ended:
            end = _end_of_block(lines, index, b"%%end" + begin.group(1))
        if end is None:
            if begin:  # a block that never ends is its first line alone
                never_ended.add(begin.group())
            yield lines[index]
            index += 1
            continue
        for line in lines[index : end + 1]:
            # No blanks after it, for the formatter would take them away.
            yield _Line(line.number, line.offset, b"%" + line.data.rstrip())
        index = end + 1


def _end_of_block(lines: list[_Line], begin: int, end_mark: bytes) -> int | None:
    """The index of the block's last line, or None for a block that never ends."""
    for index in range(begin + 1, len(lines)):
        if lines[index].data.startswith(end_mark):
            return index
    return None


def _decode_lines(block: list[_Line], charset: str) -> str:
    return b"".join([line.data + b"\n" for line in block]).decode(charset)
