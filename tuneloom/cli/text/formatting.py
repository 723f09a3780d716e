"""The bytes of a tunebook -> the same bytes with its tunes in canonical spelling."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from tuneloom.grammar import BookTune, Diagnostic, parse
from tuneloom.grammar.canonical.formatter import format_tune
from tuneloom.grammar.repairs import repair
from tuneloom.grammar.source.book import Book

__all__ = ["Formatted", "Wishes", "format_book"]

_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
_CHARSET = re.compile(r"^((?:%%|I:)abc-charset[ \t]+)[^\s%]+", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Formatted:
    """The new bytes of a file, what keeps tunes from being formatted, and how often each repair was made."""

    data: bytes
    problems: tuple[Diagnostic, ...] = ()
    repairs: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is asked for besides canonical spelling; without `line_end` and `to_utf8` both stay as found."""

    repair: bool = False
    unsafe: bool = False
    line_end: str | None = None
    to_utf8: bool = False


def format_book(data: bytes, book: Book, wishes: Wishes) -> Formatted:
    """Format every tune of a file; charset, line ends and all that is no tune stay, unless wished otherwise.

    A tune that is not parseable, with repairs if these are asked for, stays as it is, and is told.
    """
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    lines = [match.groups() for match in _LINE.finditer(data[len(mark) :].decode(book.charset))]
    texts = [line for line, _ in lines]
    problems: list[Diagnostic] = []
    repairs: Counter[str] = Counter()
    for tune in book.tunes:
        repaired = None
        if wishes.repair:
            repaired = repair(tune.text, tune.line, book.header, wishes.unsafe)
        found = repaired.text if repaired else tune.text
        parsed = repaired.parsed if repaired else parse(found, tune.line, book.header)
        if not parsed.parseable:
            problems.append(parsed.diagnostics[0])
            continue
        if repaired:
            repairs.update(repaired.codes)
        for index, line in _changed(tune, format_tune(found, book.header)):
            texts[index] = line
    ends = (end and (wishes.line_end or end) for _, end in lines)
    text = "".join(line + end for line, end in zip(texts, ends, strict=True))
    if wishes.to_utf8:
        written = _CHARSET.sub(r"\g<1>utf-8", text).encode()
    else:
        written = mark + text.encode(book.charset)
    return Formatted(written, tuple(problems), repairs)


def _changed(tune: BookTune, formatted: str) -> Iterator[tuple[int, str]]:
    """Which lines of the file, from 0, the formatted tune has different; it has as many as before."""
    pairs = zip(tune.text.split("\n"), formatted.split("\n"), strict=True)
    for index, (before, after) in enumerate(pairs, start=tune.line - 1):
        if before != after:
            yield index, after
