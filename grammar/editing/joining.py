"""Tunes of one book or of several as a book, in which each has the fields and directives that it had.

What the file header of a book gives to its tunes is written into them where the books differ. Charsets that
differ become UTF-8.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from tuneloom.grammar.counts import count_of
from tuneloom.grammar.editing.book_sections import BookSections, TuneSection, split_book
from tuneloom.grammar.editing.byte_lines import byte_lines
from tuneloom.grammar.editing.edited_book import EditedBook, check_read_again
from tuneloom.grammar.editing.tune_text import edited_data
from tuneloom.grammar.errors import UsageError
from tuneloom.grammar.parsing.parser import is_parseable
from tuneloom.grammar.source.book import read_book
from tuneloom.grammar.source.charset import byte_order_mark, charset_of, declared_as_utf8
from tuneloom.grammar.source.resolver import lines_with_file_header

__all__ = ["BookPart", "as_utf8", "in_one_charset", "join_parts"]

_APPLIED = re.compile(
    r"[A-Za-z+]:|%%(?!%)"
)  # of the lines of a file header, those that apply to tunes
_VERSION = re.compile(r"%abc\b")
_DOS_END_OF_FILE = "\x1a"


class BookPart(Struct, frozen=True):
    """The tunes of a book that are wanted, and whether the text above and below all of them is wanted too.

    `name` is for messages.
    """

    name: str
    sections: BookSections
    tunes: tuple[TuneSection, ...]
    with_text: bool

    @property
    def header(self) -> str:
        return self.sections.book.header

    @property
    def charset(self) -> str:
        return self.sections.book.charset


def in_one_charset(parts: Sequence[BookPart]) -> tuple[list[BookPart], tuple[str, ...]]:
    """The parts in a charset that all have, or in UTF-8, with a note that says so."""
    charsets = {part.charset for part in parts}
    telling = {part.charset for part in parts if not _is_ascii(part)}
    is_wide = any(charset.startswith("utf-16") for charset in charsets)
    if len(charsets) == 1 or (len(telling) <= 1 and not is_wide):
        return list(parts), ()
    return list(map(as_utf8, parts)), (
        f"the books are in {', '.join(sorted(charsets))}; written in utf-8",
    )


def as_utf8(part: BookPart) -> BookPart:
    """A part of a book in UTF-8 without a byte order mark; `abc-charset` says so."""
    data = part.sections.joined()
    text = data[len(byte_order_mark(data)) :].decode(part.charset)
    data = declared_as_utf8(text).encode()
    sections = split_book(data, read_book(data))
    wanted = {section.tune.offset for section in part.tunes}
    if len(sections.tunes) != len(part.sections.tunes):
        raise UsageError(f"{part.name}: the tunes would not be read as they are now in UTF-8")
    pairs = zip(part.sections.tunes, sections.tunes, strict=True)
    tunes = tuple(new for old, new in pairs if old.tune.offset in wanted)
    return replace(part, sections=sections, tunes=tunes)


def join_parts(parts: Sequence[BookPart], mark: str = "") -> EditedBook:
    """The tunes of some parts, all in one charset, as a book; `mark` is a comment for its beginning.

    Where the file headers differ, each is written into the tunes of its book that are parseable.

    Raises:
        UsageError: the book would not be read as its parts are.
    """
    charset = next((part.charset for part in parts if not _is_ascii(part)), parts[0].charset)
    joined = _join(parts, charset, mark)
    if joined.data.isascii() or charset_of(joined.data) == charset:
        return joined
    # Too few letters are left to tell the charset by.
    joined = _join([as_utf8(part) for part in parts], "utf-8", mark)
    note = f"{charset} could not be told from what is left; written in utf-8"
    return replace(joined, notes=(note, *joined.notes))


def _is_ascii(part: BookPart) -> bool:
    return part.sections.joined().isascii()


def _join(parts: Sequence[BookPart], charset: str, mark: str) -> EditedBook:
    first = parts[0].sections
    header = first.book.header if len({part.header for part in parts}) == 1 else ""
    notes: list[str] = []
    texts: list[str] = []
    joined = _Joined(charset, first.line_end)
    version = _version_line(parts[0])
    top, header = _top_lines(version, header, mark)
    joined.add(first.line_end.join(line.encode(charset) for line in top))
    for part in parts:
        if not header and part.header:
            joined.add(_lines_that_do_not_apply(part, version))
            part = replace(part, tunes=tuple(_with_header_inside(part, first.line_end, notes)))
        if part.with_text:
            joined.add(_opening(part, version))
        for section in part.tunes:
            joined.add_tune(section)
            texts.append(section.tune.text)
        if part.with_text:
            joined.add(part.sections.closing)
    data = joined.data(byte_order_mark(first.header))
    if not header and read_book(data).header:  # text that would be taken for the file header
        data = joined.data(byte_order_mark(first.header) + first.line_end)
    if data.isascii() or charset_of(data) == charset:
        check_read_again(data, charset, header, texts)
    return EditedBook(data, charset, notes=tuple(notes))


class _Joined:
    """The bytes of a book as pieces are added to it, each with an empty line above it."""

    def __init__(self, charset: str, line_end: bytes) -> None:
        self._charset = charset
        self._end = line_end
        self._pieces: list[bytes] = []
        self._gap = b""  # to come before the next piece

    def add(self, text: bytes) -> None:
        """Add text, without the empty lines at its end."""
        lines = byte_lines(text, self._charset)
        while lines and lines[-1].is_empty:
            lines.pop()
        if lines:
            self._pieces += [self._gap, text[: lines[-1].text_end]]
            self._gap = 2 * self._end

    def add_tune(self, section: TuneSection) -> None:
        """Add a tune, with as many empty lines below it as it had, but at least one."""
        self._pieces += [self._gap, section.whole]
        gap = section.gap
        if _DOS_END_OF_FILE.encode(self._charset) in gap:
            gap = gap.decode(self._charset).replace(_DOS_END_OF_FILE, "").encode(self._charset)
        lines = byte_lines(gap, self._charset)
        is_separated = len(lines) > 1 and lines[-1].text_end < lines[-1].end
        self._gap = gap if is_separated else 2 * self._end

    def data(self, beginning: bytes) -> bytes:
        """The bytes of the book."""
        return b"".join([beginning, *self._pieces, self._end])


def _version_line(part: BookPart) -> str:
    """The first line of a file if it names the version of ABC, which it does nowhere else."""
    above_tunes = byte_lines(part.sections.header + part.sections.opening, part.charset)
    line = above_tunes[0].text.decode("utf-8", "replace") if above_tunes else ""
    return line if _VERSION.match(line) else ""


def _top_lines(version: str, header: str, mark: str) -> tuple[list[str], str]:
    """The first lines of a book, with the version of ABC and the mark, and the file header that they make."""
    top = [line for line in (version, f"% {mark}" if mark and mark not in header else "") if line]
    if not header:
        return top, ""
    lines = top + header.removesuffix("\n").split("\n")[bool(version) :]
    return lines, "".join(f"{line}\n" for line in lines)


def _opening(part: BookPart, version: str) -> bytes:
    """The text above the tunes of a part, without the version of ABC if that is at the top of the book."""
    opening = part.sections.opening
    if version and not part.header and _version_line(part) == version:
        return opening[byte_lines(opening, part.charset)[0].end :]
    return opening


def _lines_that_do_not_apply(part: BookPart, version: str) -> bytes:
    """The comments and the typeset text of a file header, without the version of ABC that is at the top."""
    data = part.sections.joined()
    rows = zip(part.header.split("\n"), byte_lines(data, part.charset), strict=False)
    return b"".join(
        data[row.start : row.end]
        for line, row in rows
        if line and not _APPLIED.match(line) and line != version
    )


def _with_header_inside(part: BookPart, line_end: bytes, notes: list[str]) -> Iterator[TuneSection]:
    """The tunes of a part with what the file header gives them written into them."""
    applied = "".join(f"{line}\n" for line in part.header.split("\n") if _APPLIED.match(line))
    unreadable: list[int] = []
    for section in part.tunes:
        tune = section.tune
        if not applied:
            yield section
        elif is_parseable(tune.text, part.header):
            text = "\n".join(line for _, line in lines_with_file_header(tune.text, 1, applied))
            data = edited_data(section, text, part.charset, line_end)
            yield replace(section, tune=replace(tune, text=text), data=data)
        else:
            unreadable.append(tune.line)
            yield section
    if applied and part.tunes:
        lines = count_of(applied.count("\n"), "line")
        tunes = count_of(len(part.tunes) - len(unreadable), "tune")
        notes.append(f"{part.name}: {lines} of its file header written into {tunes}")
    if unreadable:
        tunes = count_of(len(unreadable), "tune")
        places = ", ".join(map(str, unreadable))
        notes.append(
            f"{part.name}: {tunes} not parseable and left without its file header (line {places})"
        )
