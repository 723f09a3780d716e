"""What is said of the place that a mouse points at: a bar, a field, a chord symbol, a decoration, a code."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lsprotocol.types import Hover, MarkupContent, MarkupKind, Position

from tuneloom.grammar.checking.pages import code_page, explained_codes
from tuneloom.grammar.diagnostics.diagnostic import Diagnostic
from tuneloom.grammar.diagnostics.suppressions import ignore_comments
from tuneloom.grammar.parsing.parser import parse
from tuneloom.grammar.parsing.result import ParsedTune
from tuneloom.grammar.source.book import BookTune
from tuneloom.grammar.source.segments import is_music_line, key_line, split_music, without_comment
from tuneloom.grammar.tune.durations import is_compound, meter_fraction
from tuneloom.grammar.tune.elements import DECORATION_LETTERS
from tuneloom.grammar.tune.key import parse_key
from tuneloom.grammar.tune.quoted import ChordSymbol, read_quoted
from tuneloom.lsp.open_book import OpenBook
from tuneloom.lsp.vocabulary import DECORATIONS, FIELDS, MODE_NAMES

__all__ = ["hover"]

_FIELD = re.compile(r"(?P<letter>[A-Za-z]):(?P<value>.*)")
_INLINE = re.compile(r"\[(?P<letter>[A-Za-z]):(?P<value>[^\]]*)\]")
_SIGNS = {-2: "𝄫", -1: "♭", 0: "♮", 1: "♯", 2: "𝄪"}


def hover(open_book: OpenBook, position: Position, codes: frozenset[str]) -> Hover | None:
    """What is known of a place, in Markdown; None if that is nothing."""
    line, column = open_book.lines.place(position)
    tune = open_book.tune_at(line)
    if tune is None:
        return None
    said = [
        *_of_place(open_book, tune, line, column),
        *_pages_of_findings(open_book, codes, line, column),
    ]
    return Hover(MarkupContent(MarkupKind.Markdown, "\n\n".join(said))) if said else None


def _of_place(open_book: OpenBook, tune: BookTune, line: int, column: int) -> Iterator[str]:
    text = open_book.lines.line(line - 1).removeprefix("\ufeff")
    in_body = line > tune.line + key_line(tune.text.split("\n"))
    if code := _ignored_code(tune, line, column):
        yield code_page(code)
    elif column > len(without_comment(text)):
        return
    elif in_body and is_music_line(text):
        if piece := _piece_at(text, column):
            yield from _of_piece(piece)
        if bar := _bar_at(open_book, tune, line, column):
            yield bar
    elif field := _FIELD.match(text):
        yield _field_text(field["letter"], without_comment(field["value"]).strip())


def _ignored_code(tune: BookTune, line: int, column: int) -> str:
    """The code at a place in a comment that ignores codes."""
    for comment in ignore_comments(tune.text):
        if comment.line + tune.line == line:
            for code, begin in comment.codes:
                if begin <= column <= begin + len(code) and code in explained_codes():
                    return code
    return ""


def _pages_of_findings(
    open_book: OpenBook, codes: frozenset[str], line: int, column: int
) -> Iterator[str]:
    """The page of each code that was found at a place."""
    found = {each.code: None for each in open_book.findings(codes) if _covers(each, line, column)}
    yield from map(code_page, found)


def _covers(found: Diagnostic, line: int, column: int) -> bool:
    span = found.span
    return (span.line, span.column) <= (line, column) <= (span.end_line, span.end_column)


# ------------------------------------------------------------ fields and pieces of music


def _piece_at(text: str, column: int) -> str:
    """The quoted text, decoration or inline field at a column, or the single character there."""
    end = 0
    for number, piece in enumerate(split_music(text)):
        begin, end = end, end + len(piece)
        if begin < column <= end:
            return piece if number % 2 else piece[column - begin - 1]
    return ""


def _of_piece(piece: str) -> Iterator[str]:
    if field := _INLINE.fullmatch(piece):
        yield _field_text(field["letter"], field["value"].strip())
    elif piece.startswith('"'):
        said = read_quoted(piece.strip('"'))
        if isinstance(said, ChordSymbol):
            yield _chord_text(said)
        else:
            place = {"left": "to the left", "right": "to the right"}.get(
                said.placement, said.placement
            )
            yield f"**annotation** {place}".rstrip()
    else:
        name = DECORATION_LETTERS.get(piece, piece.strip("!+") if len(piece) > 1 else "")
        if name in DECORATIONS:
            yield f"**{name}**: {DECORATIONS[name]}"


def _chord_text(symbol: ChordSymbol) -> str:
    if not symbol.root:
        return "**no chord**: the accompaniment is silent"
    bass = f", with {symbol.bass} in the bass" if symbol.bass else ""
    others = "".join(f", or {other}" for other in symbol.alternatives)
    return f"**chord** {symbol.root} {symbol.quality or 'major'}{bass}{others}"


def _field_text(letter: str, value: str) -> str:
    word = FIELDS.get(letter)
    said = f"**{letter}:** {word.meaning}" if word else f"**{letter}:** no field of ABC 2.1"
    more = _key_text(value) if letter == "K" else _meter_text(value) if letter == "M" else ""
    return f"{said}\n\n{more}" if more else said


def _key_text(value: str) -> str:
    key = parse_key(value)
    if not key.tonic:
        return ""
    altered = [f"{letter}{_SIGNS.get(steps, '')}" for letter, steps in key.alterations if steps]
    signature = ", ".join(altered) if altered else "no sharps or flats"
    return f"{key.tonic} {MODE_NAMES[key.mode]}: {signature}"


def _meter_text(value: str) -> str:
    try:
        bar = meter_fraction(value)
    except (ValueError, ZeroDivisionError):
        return ""
    if bar is None:
        return "free metre: bars have no fixed length"
    compound = ", beats of three" if is_compound(value) else ""
    of = "" if bar == 1 else f"{bar} of "
    return f"a bar lasts {of}a whole note{compound}"


# ------------------------------------------------------------ bars


def _bar_at(open_book: OpenBook, tune: BookTune, line: int, column: int) -> str:
    """The number and the length of the bar at a place."""
    parsed = parse(tune.text, tune.line, open_book.book.header)
    if not parsed.parseable:
        return ""
    for voice in parsed.bars.voices:
        number = 0
        for timed in voice:
            # A pickup is no bar of its own, as in printed music.
            if number or timed.duration >= timed.length:
                number += 1
            if _is_inside(parsed, timed.bar.starts, line, column):
                name = f"bar {number}" if number else "pickup"
                return f"**{name}**: lasts {timed.duration} of M:{timed.meter}, {timed.length}"
    return ""


def _is_inside(parsed: ParsedTune, starts: tuple[int, ...], line: int, column: int) -> bool:
    first, last = parsed.resolved.place(starts[0]), parsed.resolved.place(starts[-1])
    return first <= (line, column) <= last
