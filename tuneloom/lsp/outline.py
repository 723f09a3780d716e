"""The tunes of a document and their parts, for an outline, for folding, and for going to one by name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lsprotocol.types import DocumentSymbol, FoldingRange, FoldingRangeKind, SymbolKind

from tuneloom.cli.text.tune_names import tune_name
from tuneloom.grammar.source.book import BookTune
from tuneloom.grammar.source.segments import key_line, without_comment
from tuneloom.lsp.open_book import OpenBook, last_line

__all__ = ["folding_ranges", "outline"]

_PART = re.compile(r"^P:(?P<line>.*)|\[P:(?P<inline>[^\]]*)\]")
_DETAILS = ("R", "M", "K")
_NAMELESS = "tune without a number or title"


def outline(open_book: OpenBook) -> list[DocumentSymbol]:
    """The tunes in order, each with the parts that P: begins in its body."""
    return [_symbol(open_book, tune) for tune in open_book.book.tunes]


def folding_ranges(open_book: OpenBook) -> list[FoldingRange]:
    """One for each tune of more than a line."""
    return [
        FoldingRange(
            tune.line - 1,
            last_line(tune) - 1,
            kind=FoldingRangeKind.Region,
            collapsed_text=_name(tune),
        )
        for tune in open_book.book.tunes
        if last_line(tune) > tune.line
    ]


def _name(tune: BookTune) -> str:
    return str(tune_name(tune.text)) or _NAMELESS


def _symbol(open_book: OpenBook, tune: BookTune) -> DocumentSymbol:
    lines = open_book.lines
    return DocumentSymbol(
        name=_name(tune),
        kind=SymbolKind.Class,
        range=lines.lines_range(tune.line, last_line(tune)),
        selection_range=lines.lines_range(tune.line, tune.line),
        detail=_detail(tune),
        children=list(_part_symbols(open_book, tune)),
    )


def _detail(tune: BookTune) -> str:
    """The rhythm, the metre and the key, as far as the header has them."""
    source = tune.text.split("\n")
    values: dict[str, str] = {}
    for line in source[: key_line(source) + 1]:
        if line[1:2] == ":":
            values[line[0]] = without_comment(line[2:]).strip()
    return " ".join(values[letter] for letter in _DETAILS if values.get(letter))


def _part_symbols(open_book: OpenBook, tune: BookTune) -> Iterator[DocumentSymbol]:
    source = tune.text.removesuffix("\n").split("\n")
    body = range(key_line(source) + 1, len(source))
    found = [
        (tune.line + index, (match["line"] or match["inline"] or "").strip())
        for index in body
        for match in _PART.finditer(without_comment(source[index]))
    ]
    ends = [line for line, _ in found[1:]] + [last_line(tune) + 1]
    for (line, name), end in zip(found, ends, strict=False):
        yield DocumentSymbol(
            name=f"part {name}",
            kind=SymbolKind.Method,
            range=open_book.lines.lines_range(line, max(line, end - 1)),
            selection_range=open_book.lines.lines_range(line, line),
        )
