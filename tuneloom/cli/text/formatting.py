"""Formats the bytes of a tunebook."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Literal, NamedTuple

from tuneloom.grammar import BookTune, Diagnostic, parse
from tuneloom.grammar.canonical.formatter import format_tune
from tuneloom.grammar.editing.edited_book import EditedBook
from tuneloom.grammar.errors import UsageError
from tuneloom.grammar.parsing.parser import first_error
from tuneloom.grammar.processes import map_divided
from tuneloom.grammar.repairs import repair
from tuneloom.grammar.source.book import Book
from tuneloom.grammar.source.charset import byte_order_mark, declared_as_utf8
from tuneloom.grammar.source.source_edits import FIRST_LINE

__all__ = ["LINE_ENDS", "FormatOptions", "FreeNumbers", "LineEnds", "changed_lines", "format_book"]

LineEnds = Literal["as-found", "lf", "crlf"]
LINE_ENDS: Mapping[LineEnds, str | None] = {"as-found": None, "lf": "\n", "crlf": "\r\n"}

_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
_REFERENCE = re.compile(r"X:[ \t]*([0-9]{1,18})[ \t]*(?:%.*)?$", re.MULTILINE)
_REPAIRED_NUMBER = re.compile(r"X:([0-9]{1,18})(?![0-9])")
_NUMBERING = frozenset({"missing-reference", "bad-reference"})


@dataclass(frozen=True, slots=True)
class FormatOptions:
    """What to do besides canonical spelling; `line_end` None keeps the line ends as found.

    Raises:
        UsageError: `unsafe` without `repair`.
    """

    repair: bool = False
    unsafe: bool = False
    line_end: str | None = None
    to_utf8: bool = False

    def __post_init__(self) -> None:
        if self.unsafe and not self.repair:
            raise UsageError("--unsafe needs --repair")


def format_book(data: bytes, book: Book, options: FormatOptions, *, workers: int = 1) -> EditedBook:
    """Format every tune of a file; the text between tunes stays as it is.

    A tune that is not parseable, after repairs if they are asked for, stays as it is and is reported. A book
    of many tunes is divided among so many processes (`map_divided`).
    """
    mark = byte_order_mark(data)
    lines = [match.groups() for match in _LINE.finditer(data[len(mark) :].decode(book.charset))]
    texts = [line for line, _ in lines]
    problems: list[Diagnostic] = []
    repairs: Counter[str] = Counter()
    numbers = FreeNumbers(book)
    charset = None if options.to_utf8 else book.charset
    work = partial(_format_one, header=book.header, charset=charset, options=options)
    results = map_divided(work, book.tunes, workers)
    for tune, result in zip(book.tunes, results, strict=True):
        if isinstance(result, Diagnostic):
            problems.append(result)
            continue
        repairs.update(result.repairs)
        formatted = result.text
        if not _NUMBERING.isdisjoint(result.repairs):
            formatted = format_tune(numbers.renumbered(formatted, result.repairs), book.header)
        end = options.line_end or lines[tune.line - 1][1] or "\n"
        for index, line in changed_lines(tune, formatted, end):
            texts[index] = line
    ends = (end and (options.line_end or end) for _, end in lines)
    text = "".join(line + end for line, end in zip(texts, ends, strict=True))
    if options.to_utf8:
        written, charset = declared_as_utf8(text).encode(), "utf-8"
    else:
        written, charset = mark + text.encode(book.charset), book.charset
    return EditedBook(written, charset, tuple(problems), repairs)


class _FormattedTune(NamedTuple):
    """A tune in canonical spelling, and the codes of its repairs; with a new number, as repaired."""

    text: str
    repairs: tuple[str, ...] = ()


def _format_one(
    tune: BookTune, header: str, charset: str | None, options: FormatOptions
) -> _FormattedTune | Diagnostic:
    """What becomes of a tune of a file in `charset`, None for any; its first error if it is to stay."""
    repaired = None
    if options.repair:
        repaired = repair(tune.text, FIRST_LINE, header, options.unsafe)
        if charset and not _can_be_written(repaired.text, charset):
            repaired = None  # the file has no character for what the repair would write
    parsed = repaired.parsed if repaired else parse(tune.text, FIRST_LINE, header)
    if not parsed.parseable:
        error = first_error(tune.text, tune.line, header)
        assert error is not None, "the line that a tune begins at changes no verdict"
        return error
    if repaired is None:
        return _FormattedTune(format_tune(tune.text, header, parsed))
    if _NUMBERING.isdisjoint(repaired.codes):
        return _FormattedTune(format_tune(repaired.text, header, parsed), repaired.codes)
    return _FormattedTune(repaired.text, repaired.codes)


def _can_be_written(text: str, charset: str) -> bool:
    try:
        text.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


class FreeNumbers:
    """The X: numbers of a book, and those that are still free."""

    def __init__(self, book: Book) -> None:
        matches = (_REFERENCE.match(tune.text) for tune in book.tunes)
        self._taken = {int(match[1]) for match in matches if match}
        self._last = max(self._taken, default=0)

    def renumbered(self, text: str, repairs: Collection[str]) -> str:
        """A repaired tune; if one of these repairs gave it a number that is taken, with another one."""
        if _NUMBERING.isdisjoint(repairs):
            return text
        match = _REPAIRED_NUMBER.match(text)
        if match is None:  # a number that is longer than any is free
            return text
        number = int(match[1])
        if number in self._taken:
            number = self.next()
        self._taken.add(number)
        self._last = max(self._last, number)
        return f"X:{number}{text[match.end() :]}"

    def next(self) -> int:
        """The number after the last."""
        return self._last + 1


def changed_lines(tune: BookTune, formatted: str, line_end: str) -> Iterator[tuple[int, str]]:
    """The lines that formatting changed, with their index in the file.

    Where a repair made two or more lines, they come together, at the first line that changed.
    """
    before, after = tune.text.split("\n"), formatted.split("\n")
    added = len(after) - len(before)
    pairs = enumerate(zip(before, after, strict=False))
    first = next((index for index, (old, new) in pairs if old != new), 0)
    after[first : first + added + 1] = [line_end.join(after[first : first + added + 1])]
    for index, (old, new) in enumerate(zip(before, after, strict=True), start=tune.line - 1):
        if old != new:
            yield index, new
