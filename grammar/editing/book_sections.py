"""A book divided into its header, its tunes with the text that goes with each, and the rest.

Where tunes move, text has to move with some of them:

- comments directly above a tune, and other text between two tunes, go with the tune below;
- music, and fields alone, after an empty line belong to no tune and stay with the tune above;
- what is above the first tune stays at the top, but for comments directly above it that follow an empty
  line; what is below the last tune stays at the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from tuneloom.grammar.editing.byte_lines import ByteLine, byte_lines, first_line_end
from tuneloom.grammar.source.book import Book, BookTune

__all__ = ["BookSections", "TuneSection", "is_gap", "split_book"]

_COMMENT = re.compile(rb"%(?!%)")
_FIELDS_ALONE = re.compile(r"(?:(?:[A-Za-z]:|\s*%)[^\n]*\n)*")
_FENCE = re.compile(rb"\s*(?:`{3,}|~{3,})\s*(?:[\w-]+\s*)?")  # around code in Markdown


class TuneSection(Struct, frozen=True):
    """A tune and the bytes around it.

    `lead` is the text above that goes with it, `data` its own lines without the last line end, `trail` the
    music and fields below that go with it. `gap`, the line end and the empty lines after it, is part of the
    book and not of the tune: it stays where it is when tunes move.
    """

    tune: BookTune
    lead: bytes
    data: bytes
    trail: bytes
    gap: bytes

    @property
    def whole(self) -> bytes:
        """All that moves with the tune."""
        return self.lead + self.data + self.trail

    @property
    def begins_with_number(self) -> bool:
        """Whether it begins with X:, which begins a tune even without an empty line above it."""
        return not self.lead and self.tune.text.startswith("X:")


class BookSections(Struct, frozen=True):
    """A book in pieces, which joined are the bytes of the file again.

    `header` is the byte order mark and the file header; `opening` and `closing` are the text above and below
    the tunes. `line_end` is the first of the file.
    """

    book: Book
    line_end: bytes
    header: bytes
    opening: bytes
    tunes: tuple[TuneSection, ...]
    closing: bytes

    def joined(self) -> bytes:
        """The bytes of the book."""
        tunes = b"".join(section.whole + section.gap for section in self.tunes)
        return self.header + self.opening + tunes + self.closing

    def with_data(self, changed: Mapping[int, bytes]) -> bytes:
        """The bytes of the book with other `data` for some of its tunes, by index."""
        tunes = (
            replace(section, data=changed.get(index, section.data))
            for index, section in enumerate(self.tunes)
        )
        return replace(self, tunes=tuple(tunes)).joined()


class _Rows(Struct, frozen=True):
    """The lines of a file, from 0, that belong to a tune: from `lead`, its own from `first` to before `end`,
    those below to before `trail_end`.
    """

    lead: int
    first: int
    end: int
    trail_end: int


def split_book(data: bytes, book: Book) -> BookSections:
    """Divide the bytes of a file that was read as `book`."""
    lines = byte_lines(data, book.charset)
    starts = [*(line.start for line in lines), len(data)]
    rows = _rows_of_tunes(book, lines)
    closing = _after_gap(lines, rows[-1].trail_end, len(lines)) if rows else len(lines)
    begins = [*(row.lead for row in rows), closing]
    header = _after_gap(lines, book.header.count("\n"), begins[0]) if book.header else 0
    return BookSections(
        book,
        first_line_end(data, book.charset),
        data[: starts[header]],
        data[starts[header] : starts[begins[0]]],
        tuple(
            _section(data, tune, row, lines, starts[end])
            for tune, row, end in zip(book.tunes, rows, begins[1:], strict=True)
        ),
        data[starts[closing] :],
    )


def is_gap(line: ByteLine) -> bool:
    """Whether a line between tunes separates them and says nothing: it is empty, or fences code."""
    return line.is_empty or _FENCE.fullmatch(line.text) is not None


def _section(
    data: bytes, tune: BookTune, rows: _Rows, lines: Sequence[ByteLine], end: int
) -> TuneSection:
    data_end, trail_end = lines[rows.end - 1].text_end, lines[rows.trail_end - 1].text_end
    text = "".join(f"{line}\n" for line in tune.text.split("\n")[: rows.end - rows.first])
    return TuneSection(
        replace(tune, text=text),
        data[lines[rows.lead].start : tune.offset],
        data[tune.offset : data_end],
        data[data_end:trail_end],
        data[trail_end:end],
    )


def _rows_of_tunes(book: Book, lines: Sequence[ByteLine]) -> list[_Rows]:
    if not book.tunes:
        return []
    firsts = [tune.line - 1 for tune in book.tunes]
    below = [*firsts[1:], len(lines)]
    ends = [
        _before_comments(lines, first, first + tune.text.count("\n"), next_first)
        for tune, first, next_first in zip(book.tunes, firsts, below, strict=True)
    ]
    trail_ends = list(_trail_ends(book, ends, below))
    gaps = zip(trail_ends, firsts[1:], strict=False)
    leads = [_top_of_first(lines, firsts[0]), *(_after_gap(lines, *gap) for gap in gaps)]
    return list(map(_Rows, leads, firsts, ends, trail_ends))


def _before_comments(lines: Sequence[ByteLine], first: int, end: int, next_first: int) -> int:
    """Where a tune ends, without the comments at its end that are directly above the next tune."""
    if end == next_first < len(lines):
        while end > first + 1 and _COMMENT.match(lines[end - 1].text):
            end -= 1
    return end


def _trail_ends(book: Book, ends: Sequence[int], below: Sequence[int]) -> Iterator[int]:
    """Where what goes with each tune ends: with the last music, or fields alone, before the next."""
    orphans = iter((orphan, orphan.line - 1) for orphan in book.orphans)
    orphan = next(orphans, None)
    for end, next_first in zip(ends, below, strict=True):
        trail_end = end
        while orphan and orphan[1] < next_first:
            orphan_end = orphan[1] + orphan[0].text.count("\n")
            is_above_next = orphan_end == next_first and _FIELDS_ALONE.fullmatch(orphan[0].text)
            if orphan[1] >= end and not is_above_next:
                trail_end = orphan_end
            orphan = next(orphans, None)
        yield trail_end


def _top_of_first(lines: Sequence[ByteLine], first: int) -> int:
    """Where the first tune begins, with the comments directly above it if they follow an empty line."""
    begin = first
    while begin and _COMMENT.match(lines[begin - 1].text):
        begin -= 1
    return begin if begin and lines[begin - 1].is_empty else first


def _after_gap(lines: Sequence[ByteLine], begin: int, end: int) -> int:
    while begin < end and is_gap(lines[begin]):
        begin += 1
    return begin
